/** Where an imported line is written; opens it. */
import type { ReactNode } from 'react';
import { middleCut } from '../format.ts';
import './recon.css';

export function SourceLink(props: {
  readonly file: string;
  readonly line: number;
  /** What is shown in place of file and line. */
  readonly label?: string;
  readonly onOpen: (file: string, line: number) => void;
}): ReactNode {
  const { file, line, label, onOpen } = props;
  const place = `${file}:${line}`;
  return (
    <button
      type="button"
      className={label === undefined ? 'source-link mono' : 'source-link'}
      title={`Open ${place}`}
      onClick={() => onOpen(file, line)}
    >
      {label ?? `${middleCut(file, 30)}:${line}`}
    </button>
  );
}
