/** How files are read from now on, by the fingerprint of their header; a profile that is deleted is asked for again. */
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import { middleCut } from '../../ui/format.ts';
import { choicesText } from './choicesText.ts';
import './data.css';
import type { SavedProfile } from './slice.ts';

export function ProfilesList(props: {
  readonly profiles: readonly SavedProfile[];
  readonly onDelete: (fingerprint: string) => void;
}): ReactNode {
  const { profiles, onDelete } = props;
  if (profiles.length === 0) {
    return (
      <div className="data-empty">
        <h2>No profiles yet</h2>
        <p>
          A profile keeps how a file was read: its format, its columns, its zone. Tick “Read files like this the same
          way from now on” on the import page, and the next file with the same header is read without questions.
        </p>
      </div>
    );
  }
  return (
    <div className="profiles" tabIndex={0} role="region" aria-label="Profiles">
      <table>
        <thead>
          <tr>
            <th scope="col">First said about</th>
            <th scope="col">Header</th>
            <th scope="col">Format</th>
            <th scope="col">Read with</th>
            <th scope="col">
              <span className="visually-hidden">Delete</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {profiles.map(({ fingerprint, file, format, choices }) => (
            <tr key={fingerprint}>
              <th scope="row" title={file}>
                {middleCut(file, 40)}
              </th>
              <td className="mono" title={fingerprint}>
                {middleCut(fingerprint, 17)}
              </td>
              <td>{choices.format ?? format}</td>
              <td>{choicesText(choices)}</td>
              <td>
                <IconButton
                  icon={Trash2}
                  label={`Delete the profile of ${file}`}
                  onClick={() => onDelete(fingerprint)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="second">Profiles are kept on this computer, not in the workspace.</p>
    </div>
  );
}
