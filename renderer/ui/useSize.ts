/** The size of an element as it changes, in whole pixels, and the root's text size that all metrics follow. */
import { useEffect, useState, type RefCallback } from 'react';

export const ROW_PX = 28;
const COMFORTABLE_ROW_PX = 32;

export interface Size {
  readonly width: number;
  readonly height: number;
  /** 1 at the usual text size, 2 at 200 %. */
  readonly rem: number;
  /** Height of a table's row. */
  readonly row: number;
}

export function useSize(): {
  readonly size: Size | null;
  readonly element: HTMLElement | null;
  readonly ref: RefCallback<HTMLElement>;
} {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      const rem = pixels(getComputedStyle(document.documentElement).fontSize) / 16;
      setSize({ width: Math.floor(width), height: Math.floor(height), rem, row: rowPx() * rem });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return { size, element, ref: setElement };
}

/** At the usual text size: what the settings say, on the root. */
function rowPx(): number {
  return document.documentElement.dataset['density'] === 'comfortable' ? COMFORTABLE_ROW_PX : ROW_PX;
}

/** A computed length, which browsers always give in pixels. */
export function pixels(length: string): number {
  return Number(length.replace(/px$/, ''));
}
