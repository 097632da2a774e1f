/** The questions that the open account suggests. */
import { useMemo } from 'react';
import { guidedQuestions, type GuidedQuestion } from '../features/trace/questions.ts';
import { useAppState } from './context.ts';
import { useZone } from './useZone.ts';

export function useQuestions(): readonly GuidedQuestion[] {
  const zone = useZone();
  const digits = useAppState((state) => state.view?.minorDigits ?? 2);
  const history = useAppState((state) => state.chartHistory);
  return useMemo(() => (history === null ? [] : guidedQuestions(history, zone, digits)), [history, zone, digits]);
}
