/** Bytes as a blob, which the browser keeps beside the page: a few megabytes at a time, so that nobody waits for it. */

/** A copy of this many bytes is over within a frame. */
const PIECE = 2 << 20;

export async function blobOf(bytes: Uint8Array, type = ''): Promise<Blob> {
  const pieces: Blob[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (at > 0) await nextTask();
    pieces.push(new Blob([bytes.subarray(at, at + PIECE) as Uint8Array<ArrayBuffer>]));
  }
  // made of blobs, it takes what they have without a copy
  return new Blob(pieces, { type });
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
