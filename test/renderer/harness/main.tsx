/** The window over a fake worker, for looking at it. */
import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import '@fontsource/ibm-plex-mono/500.css';
import '../../../renderer/app/base.css';
import { mount } from '../../../renderer/app/mount.tsx';
import '../../../renderer/app/theme.css';
import { browserHost } from '../../../renderer/platform/browser.ts';
import { chooseFiles } from '../../../renderer/platform/chooseFiles.ts';
import { fakeClient, fakeEngine, makeAccount } from '../fakeEngine.ts';

const element = document.getElementById('root')!;
const rows = Number(new URLSearchParams(location.search).get('rows') ?? '40000');
mount({
  element,
  engine: fakeClient(fakeEngine(makeAccount(rows))),
  host: browserHost(),
  demo: { name: 'demo.yaml', text: 'demo' },
  storage: localStorage,
  chooseFiles,
  timeOfDay: () => '09:02',
});
