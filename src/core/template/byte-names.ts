// Names of the ASCII bytes that the byte scanner treats one by one.

export const NEWLINE = 0x0a;
export const EXCLAMATION = 0x21;
export const QUOTE = 0x22;
export const APOSTROPHE = 0x27;
export const ROUND_OPEN = 0x28;
export const ROUND_CLOSE = 0x29;
export const COMMA = 0x2c;
export const HYPHEN = 0x2d;
export const DOT_BYTE = 0x2e;
export const SLASH_BYTE = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const AT_BYTE = 0x40;
export const SQUARE_OPEN = 0x5b;
export const BACKSLASH_BYTE = 0x5c;
export const SQUARE_CLOSE = 0x5d;
export const CURLY_OPEN = 0x7b;
export const CURLY_CLOSE = 0x7d;
