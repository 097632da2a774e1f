/** Values compared by what they say, so that what is worked out of the same is not worked out again. */

/** An object with each part that says what it said before as the very same object. */
export function unchanged<T extends object>(before: T, now: T): T {
  const parts = Object.entries(now) as [keyof T, T[keyof T]][];
  return Object.fromEntries(
    parts.map(([name, part]) => [name, saysSame(before[name], part) ? before[name] : part]),
  ) as T;
}

function saysSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && saysSameInOrder(one, other);
  if (one instanceof Map)
    return other instanceof Map && one.size === other.size && saysSameInOrder([...one].flat(), [...other].flat());
  if (one instanceof Set) return other instanceof Set && saysSameInOrder([...one], [...other]);
  if (Array.isArray(other) || other instanceof Map || other instanceof Set) return false;
  return saysSameInOrder(Object.entries(one).flat(), Object.entries(other).flat());
}

function saysSameInOrder(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, place) => saysSame(each, other[place]));
}
