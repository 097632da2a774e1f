/** Runs before pdf.js does, as the first import of `pdfEngine.ts`. */
import { hidePort } from './pdfPort.ts';

hidePort();
