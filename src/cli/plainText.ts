/**
 * Text as a terminal may show it: escape sequences are taken out, and so are control characters and those that turn the
 * direction of writing, for they let a model's answer rewrite the screen. New lines and tabs stay.
 */
export function plainText(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, '').replace(CONTROL, '');
}

/** The same on one line: white space of any length becomes one space. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** For a text that arrives in pieces, where a sequence may be cut in two: control characters go, what followed them stays as text. */
export function plainPiece(text: string): string {
  return text.replace(CONTROL, '');
}

// CSI … final byte; OSC, DCS, SOS, PM, APC … until BEL or ST; two-byte escapes. ECMA-48, sections 5.4 and 5.6.
const ESCAPE_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[\x20-\x2f]*[\x30-\x7e]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
