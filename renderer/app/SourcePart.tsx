/** Joins the drawer of a source with the store; it stands beside any place. */
import type { ReactNode } from 'react';
import { SourceDrawer } from '../features/source/SourceDrawer.tsx';
import { useActions, useAppState } from './context.ts';

export function SourcePart(): ReactNode {
  const { openSource } = useActions();
  const place = useAppState((state) => state.source);
  const text = useAppState((state) => state.sourceText);
  const failure = useAppState((state) => state.sourceFailure);
  const more = useAppState((state) => state.sourceMore);
  const close = useAppState((state) => state.sourceClose);
  if (place === null) return null;
  return (
    <SourceDrawer
      key={place.file}
      place={place}
      text={text}
      failure={failure}
      onLine={(line) => openSource(place.file, line)}
      onMore={more}
      onClose={close}
    />
  );
}
