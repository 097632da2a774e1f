/** Encodings by the names that people know. */
const NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little endian',
  'utf-16be': 'UTF-16, big endian',
  'windows-1252': 'Windows-1252',
};

export function encodingName(encoding: string | null): string {
  return encoding === null ? 'No text' : (NAMES[encoding] ?? encoding);
}
