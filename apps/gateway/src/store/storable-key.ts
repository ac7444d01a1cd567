/** PostgreSQL indexes at most 2,704 bytes (btree, 8 KiB pages); a key has three parts. */
const longestKey = 800

/** Control characters (libsql cuts text at NUL, PostgreSQL refuses it) and halves of surrogate pairs (no UTF-8) do not come back as they went in. */
const unstorable = /[\p{Cc}\p{Cs}]/u

/** Whether text can be part of a key: what cannot was never stored. */
export function isStorableKey(text: string): boolean {
  return !unstorable.test(text) && Buffer.byteLength(text) <= longestKey
}
