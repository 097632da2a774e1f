/** Leaving a document for another: with unsaved changes the user is asked once, and may stay. */
import type { LeaveAnswer } from '../features/document/LeaveDialog.tsx';
import type { AppStore } from './store.ts';

export interface Leaving {
  /** Whether another document may take the place of this one. */
  mayLeave(): Promise<boolean>;
  answerLeave(answer: LeaveAnswer): void;
}

/** @param save saves where the document is, or where the user says; tells whether it did */
export function createLeaving(store: AppStore, save: () => Promise<boolean>): Leaving {
  let answered: ((answer: LeaveAnswer) => void) | null = null;
  return {
    mayLeave: async () => {
      if (!store.getState().documentUnsaved) return true;
      answered?.('cancel');
      store.setState({ leaveAsked: true });
      const answer = await new Promise<LeaveAnswer>((resolve) => {
        answered = resolve;
      });
      return answer === 'save' ? save() : answer === 'discard';
    },
    answerLeave: (answer) => {
      store.setState({ leaveAsked: false });
      answered?.(answer);
      answered = null;
    },
  };
}
