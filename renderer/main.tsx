/** The page's composition root: fonts, styles, the worker, the shell, the demo. */
import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import '@fontsource/ibm-plex-mono/500.css';
import demo from '../scenarios/quickstart.yaml?raw';
import './app/base.css';
import { startEngine } from './app/engine.ts';
import { mount } from './app/mount.tsx';
import './app/theme.css';
import { chooseFiles } from './platform/chooseFiles.ts';
import { copyText } from './platform/copyText.ts';
import { pickHost } from './platform/index.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');

const store = mount({
  element,
  engine: startEngine((error) => store.setState({ broken: error.message })),
  host: pickHost(() => Date.now()),
  demo: { name: 'quickstart.yaml', text: demo },
  storage: window.localStorage,
  chooseFiles,
  copyText,
  now: () => performance.now(),
  newId: () => crypto.randomUUID().replaceAll('-', ''),
  timeOfDay: (at = Date.now()) => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }),
});
