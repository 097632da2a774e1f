/** Files may be dropped anywhere; while they hover, the window says what it will make of them. */
import { FileDown } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { droppedFiles } from './droppedFiles.ts';

export function DropLayer({ onFiles }: { readonly onFiles: (files: File[]) => void }): ReactNode {
  const [over, setOver] = useState(false);
  useEffect(() => listenToDrops(setOver, onFiles), [onFiles]);
  if (!over) return null;
  return (
    <div className="drop-layer" aria-hidden="true">
      <div className="drop-target">
        <FileDown size="1.75rem" strokeWidth={1.6} />
        <strong>Drop to read</strong>
        <span>usage exports, statements, a scenario with its files, or a saved workspace</span>
      </div>
    </div>
  );
}

function listenToDrops(setOver: (over: boolean) => void, onFiles: (files: File[]) => void): () => void {
  // Enter and leave come for every element under the pointer; the depth tells when the window itself is left.
  let depth = 0;
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const enter = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth += 1;
    setOver(true);
  };
  const over = (event: DragEvent): void => {
    if (!hasFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  };
  const leave = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) setOver(false);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    depth = 0;
    setOver(false);
    if (event.dataTransfer === null) return;
    void droppedFiles(event.dataTransfer).then(onFiles);
  };
  window.addEventListener('dragenter', enter);
  window.addEventListener('dragover', over);
  window.addEventListener('dragleave', leave);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('dragenter', enter);
    window.removeEventListener('dragover', over);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('drop', drop);
  };
}
