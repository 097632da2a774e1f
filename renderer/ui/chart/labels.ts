/**
 * Where words may stand in the plot: labels only for what is rare, never across the line, never on one another. A label
 * that finds no free place is left out; the hover card says the same.
 */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface LabelRequest {
  readonly key: string;
  readonly text: string;
  readonly tone: string;
  /** Boxes to try, best first. */
  readonly candidates: readonly Box[];
}

export interface PlacedLabel {
  readonly key: string;
  readonly text: string;
  readonly tone: string;
  readonly box: Box;
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Takes requests in their order: earlier ones are rarer and choose first. */
export function placeLabels(
  requests: readonly LabelRequest[],
  bounds: Box,
  obstacles: readonly Box[],
  /** Vertical extent of the line between two pixels, or null where there is none. */
  lineBetween: (left: number, right: number) => { readonly top: number; readonly bottom: number } | null,
): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const { key, text, tone, candidates } of requests) {
    const box = candidates.find((candidate) => {
      const inside =
        candidate.left >= bounds.left &&
        candidate.right <= bounds.right &&
        candidate.top >= bounds.top &&
        candidate.bottom <= bounds.bottom;
      if (!inside) return false;
      if (obstacles.some((obstacle) => overlaps(obstacle, candidate))) return false;
      if (placed.some((other) => overlaps(other.box, candidate))) return false;
      const line = lineBetween(candidate.left - 2, candidate.right + 2);
      return line === null || line.bottom <= candidate.top || line.top >= candidate.bottom;
    });
    if (box !== undefined) placed.push({ key, text, tone, box });
  }
  return placed;
}

/** A box of a text's size by its left edge and middle height. */
export function boxAt(left: number, middle: number, width: number, height: number): Box {
  return { left, top: middle - height / 2, right: left + width, bottom: middle + height / 2 };
}

/** About how wide a text is; IBM Plex Sans, measured over its letters, a little generous. */
export function textWidth(text: string, px: number): number {
  let em = 0;
  for (const letter of text) {
    if (letter === ' ') em += 0.26;
    else if (".,:;·|'ijlI".includes(letter)) em += 0.29;
    else if (letter >= '0' && letter <= '9') em += 0.6;
    else if (letter >= 'A' && letter <= 'Z') em += 0.66;
    else if ('mw'.includes(letter)) em += 0.86;
    else if ('frt-'.includes(letter)) em += 0.38;
    else em += 0.57;
  }
  return em * px;
}
