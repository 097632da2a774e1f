/** pdf.js, to be loaded with the first PDF. Modules run in the order of their imports and with nothing between them. */
import './pdfHiding.ts';
import { getDocument } from 'unpdf/pdfjs';
import { showPort } from './pdfPort.ts';

showPort();

export { getDocument };
