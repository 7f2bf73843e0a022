import * as z from 'zod';

// zod writes itself faster parsers as code, and finds out whether it may by asking for `navigator`, which an extension host
// warns of. Our messages are small: nothing is generated. Imported before anything that makes a schema.
z.config({ jitless: true });
