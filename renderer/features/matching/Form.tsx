/** A form in a dialog: rows of label and field, what is wrong below them, the answers at its foot. */
import { useId, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import './matching.css';

export function Form(props: {
  readonly verb: string;
  /** What keeps it from being sent; said once sending was tried, or at once where `shown` is set. */
  readonly problem: string | null;
  readonly shown: boolean;
  /** What sending would do; it stays in sight with the answers. */
  readonly foot?: ReactNode;
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { verb, problem, shown, foot, onSend, onClose, children } = props;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
      <div className="form-foot">
        {problem !== null && shown && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        {foot}
        <div className="form-answers">
          <button type="submit" className="button solid" aria-disabled={problem !== null} title={problem ?? undefined}>
            {verb}
          </button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </div>
    </form>
  );
}

export function TextRow(props: {
  readonly label: string;
  readonly value: string;
  readonly kind?: 'text' | 'date';
  readonly short?: boolean;
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly first?: boolean;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { label, value, kind = 'text', short = false, placeholder, choices = [], first = false, onChange } = props;
  const id = useId();
  return (
    <label className="form-row">
      <span>{label}</span>
      <input
        type={kind}
        className={short ? 'field short' : 'field'}
        value={value}
        placeholder={placeholder}
        list={choices.length === 0 ? undefined : id}
        data-first={first ? '' : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {choices.length > 0 && (
        <datalist id={id}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </label>
  );
}
