/** The members of one JSON object with their texts as they stand, so that `25.4142` keeps its digits; nothing is made a float. */
import { textOf, utf8Of } from './encoding.ts';
import { JsonLineScanner, type JsonFault, type ValueKind } from './jsonLine.ts';

interface Member {
  readonly kind: ValueKind;
  readonly from: number;
  readonly to: number;
}

const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;

export class JsonFields {
  /** Offset of the object in its text, in bytes. */
  readonly from: number;
  readonly to: number;
  readonly #bytes: Uint8Array;
  readonly #members: ReadonlyMap<string, Member>;

  private constructor(bytes: Uint8Array, from: number, to: number, members: ReadonlyMap<string, Member>) {
    this.#bytes = bytes;
    this.from = from;
    this.to = to;
    this.#members = members;
  }

  /** The object at `from .. to`, or why it is none. A key that comes twice has its first value. */
  static read(bytes: Uint8Array, from: number, to: number): JsonFields | JsonFault {
    const members = new Map<string, Member>();
    let name = '';
    const scanner = new JsonLineScanner({
      key: (start, end) => (name = textOf(bytes.subarray(start, end))),
      value: (kind, start, end) => {
        if (!members.has(name)) members.set(name, { kind, from: start, to: end });
      },
    });
    return scanner.scan(bytes, from, to) ?? new JsonFields(bytes, from, to, members);
  }

  /** The one object of a text. */
  static whole(text: string): JsonFields | JsonFault {
    const bytes = utf8Of(text);
    return JsonFields.read(bytes, 0, bytes.length);
  }

  /** The objects of an array at `from .. to`, or why it is none; what is no object is left out. */
  static list(bytes: Uint8Array, from: number, to: number): readonly JsonFields[] | JsonFault {
    const spans: (readonly [number, number])[] = [];
    const scanner = new JsonLineScanner({
      key: () => undefined,
      value: (_kind, start, end) => {
        if (bytes[start] === OPEN_BRACE) spans.push([start, end]);
      },
    });
    const fault = scanner.scanArray(bytes, from, to);
    if (fault !== null) return fault;
    const objects: JsonFields[] = [];
    for (const [start, end] of spans) {
      const read = JsonFields.read(bytes, start, end);
      if (!(read instanceof JsonFields)) return read;
      objects.push(read);
    }
    return objects;
  }

  get names(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** A string, or a number as it is written; null for everything else. */
  scalar(name: string): string | null {
    const member = this.#members.get(name);
    if (member === undefined || member.kind === 'nested' || member.kind === 'literal') return null;
    const text = textOf(this.#bytes.subarray(member.from, member.to));
    return member.kind === 'escaped' ? unescaped(text) : text;
  }

  object(name: string): JsonFields | null {
    const member = this.#members.get(name);
    if (member === undefined || this.#bytes[member.from] !== OPEN_BRACE || member.kind !== 'nested') return null;
    const read = JsonFields.read(this.#bytes, member.from, member.to);
    return read instanceof JsonFields ? read : null;
  }

  objects(name: string): readonly JsonFields[] | null {
    const member = this.#members.get(name);
    if (member === undefined || this.#bytes[member.from] !== OPEN_BRACKET || member.kind !== 'nested') return null;
    const read = JsonFields.list(this.#bytes, member.from, member.to);
    return Array.isArray(read) ? (read as readonly JsonFields[]) : null;
  }

  /** The object as it is written. */
  get text(): string {
    return textOf(this.#bytes.subarray(this.from, this.to));
  }
}

/** A string whose escapes are none stays as it is written. */
function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
