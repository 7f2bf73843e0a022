import * as z from 'zod';

// A command reads each of its files once: code that zod would generate to read faster is not worth its making. Imported before
// anything that makes a schema.
z.config({ jitless: true });
