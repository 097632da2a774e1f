/** Every column of the file and what it is read as; a change reads the file anew at once. */
import type { ReactNode } from 'react';
import type { FilePreview, PreviewColumn } from '../../../shared/contract/importing.ts';
import { middleCut } from '../../ui/format.ts';
import { Select } from '../../ui/Select.tsx';
import { withMeaning, type ChangeChoices } from './answers.ts';
import './lines.css';

export function ColumnsEditor(props: {
  readonly preview: FilePreview;
  readonly columns: readonly PreviewColumn[];
  readonly onChange: (change: ChangeChoices) => void;
}): ReactNode {
  const { preview, columns, onChange } = props;
  const meanings = [
    { value: '', label: 'kept, not read' },
    ...preview.meanings.map(({ meaning, label }) => ({ value: meaning, label })),
  ];
  return (
    <table className="columns-editor">
      <caption className="visually-hidden">Columns and what they are read as</caption>
      <thead>
        <tr>
          <th scope="col">Column of the file</th>
          <th scope="col">First value</th>
          <th scope="col">Read as</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ header, meaning, example }, index) => (
          // Headers may repeat, so that a column's place is what tells it from the others.
          <tr key={index}>
            <th scope="row">{header === '' ? <span className="nameless">{`column ${index + 1}`}</span> : header}</th>
            <td className="mono" title={example}>
              {middleCut(example, 60)}
            </td>
            <td>
              <Select
                label={`Read ${header} as`}
                value={meaning ?? ''}
                options={meanings}
                onChange={(value) => onChange((choices) => withMeaning(choices, header, meaning, value))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
