/** A field that takes what people type and shows it back in one form; a value that it cannot take says why below it. */
import { useId, useState, type ReactNode } from 'react';
import './fields.css';

export function FreeField(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly suggestions?: readonly string[];
  /** The value in its one form, or what is wrong with it. */
  readonly read: (text: string) => { readonly value: string } | { readonly problem: string };
  readonly onChange: (value: string) => void;
  /** Emptied, it asks for nothing; otherwise the value comes back. */
  readonly clearable?: boolean;
}): ReactNode {
  const { label, value, placeholder, suggestions = [], read, onChange, clearable = false } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const commit = (): void => {
    if (typed === null) return;
    if (typed.trim() === '') {
      setTyped(null);
      setProblem(null);
      if (clearable && value !== '') onChange('');
      return;
    }
    const answer = read(typed.trim());
    if ('problem' in answer) {
      setProblem(answer.problem);
      return;
    }
    setTyped(null);
    setProblem(null);
    if (answer.value !== value) onChange(answer.value);
  };
  return (
    <span className="free-field">
      <input
        type="text"
        className="field"
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}problem`}
        list={suggestions.length === 0 ? undefined : `${id}list`}
        placeholder={placeholder}
        value={typed ?? value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey) commit();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {problem !== null && (
        <span id={`${id}problem`} className="field-problem" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
