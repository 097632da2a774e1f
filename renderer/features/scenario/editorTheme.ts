/**
 * The look of the text editor, from the tokens of the design. It is mounted in a shadow root, where the library adopts
 * constructed sheets: the page's policy allows no style elements.
 */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const FLOATING = {
  border: '1px solid var(--hairline-2)',
  borderRadius: '6px',
  backgroundColor: 'var(--popover)',
  color: 'var(--ink)',
  boxShadow: 'var(--shadow)',
};
const FIELD = {
  height: '1.5rem',
  margin: '0 0.25rem 0 0',
  padding: '0 0.5rem',
  border: '1px solid var(--ctl)',
  borderRadius: '5px',
  backgroundColor: 'var(--page)',
  color: 'var(--ink)',
  font: '400 0.75rem/1rem var(--text)',
  backgroundImage: 'none',
};

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--page)', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: '400 0.75rem/1.25rem var(--mono)', overflow: 'auto' },
  '.cm-content': { padding: '0.75rem 0 4rem', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 1rem 0 0.5rem' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--balance)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 45%, transparent)' },
  '.cm-gutters': {
    border: '0',
    backgroundColor: 'var(--page)',
    color: 'var(--ink-3)',
    font: '400 0.6875rem/1.25rem var(--mono)',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.5rem', padding: '0 0.25rem 0 1rem' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--ink)' },
  '.cm-marks': { minWidth: '1.25rem' },
  '.cm-mark': { display: 'grid', placeItems: 'center', width: '1.25rem', height: '1.25rem' },
  '.cm-mark svg': {
    width: '0.8125rem',
    height: '0.8125rem',
    fill: 'none',
    stroke: 'currentcolor',
    strokeWidth: '2',
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  },
  '.cm-mark-held': { color: 'var(--credit)' },
  '.cm-mark-failed, .cm-mark-problem': { color: 'var(--debt)' },
  '.cm-has': {
    marginInlineStart: '1.5rem',
    padding: '0 0.375rem',
    borderRadius: '3px',
    backgroundColor: 'var(--debt-tint)',
    color: 'var(--debt)',
    font: '500 0.6875rem/1rem var(--text)',
  },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--debt) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-active': { backgroundColor: 'var(--debt-tint)' },
  '.cm-diagnostic': {
    maxWidth: '30rem',
    padding: '0.375rem 0.625rem',
    borderLeft: '3px solid var(--debt)',
    font: '400 0.75rem/1rem var(--text)',
    whiteSpace: 'normal',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--debt)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--hover)',
    outline: '1px solid var(--hairline-2)',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--debt-tint)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--hover)' },
  '.cm-searchMatch': { backgroundColor: 'var(--expiry-tint)', outline: '1px solid var(--expiry)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--selection)', outline: '1px solid var(--balance)' },
  '.cm-snippetField': { backgroundColor: 'var(--hover)' },
  '.cm-tooltip': FLOATING,
  '.cm-tooltip-lint': { overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    fontSize: '0.75rem',
    maxHeight: '16rem',
    minWidth: '14rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '1rem',
    padding: '0.125rem 0.5rem',
    lineHeight: '1.25rem',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected], .cm-tooltip-autocomplete ul li[aria-selected="true"]': {
    backgroundColor: 'var(--selection)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '500', color: 'var(--balance)' },
  '.cm-completionDetail': {
    flex: '1',
    marginInlineStart: '0',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    color: 'var(--ink-3)',
    font: '400 0.6875rem/1.25rem var(--text)',
    textAlign: 'end',
  },
  '.cm-tooltip.cm-completionInfo': {
    ...FLOATING,
    width: '20rem',
    maxWidth: '20rem',
    padding: '0.5rem 0.75rem',
    margin: '0 0.25rem',
  },
  '.cm-about': { display: 'grid', gap: '0.25rem', maxWidth: '24rem', font: '400 0.75rem/1rem var(--text)' },
  '.cm-tooltip-hover .cm-about': { padding: '0.5rem 0.75rem' },
  '.cm-about code': { font: '500 0.6875rem/1rem var(--mono)' },
  '.cm-about-fact': { color: 'var(--ink-2)' },
  '.cm-panels': { border: '0', backgroundColor: 'var(--side)', color: 'var(--ink)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--hairline)' },
  '.cm-panel.cm-search': { padding: '0.375rem 2rem 0.375rem 1rem', font: '400 0.75rem/1rem var(--text)' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '0.25rem',
    fontSize: '0.75rem',
    marginInlineEnd: '0.5rem',
  },
  '.cm-panel.cm-search [name=close]': { color: 'var(--ink-2)', fontSize: '1rem', right: '0.75rem', top: '0.5rem' },
  '.cm-textfield': FIELD,
  '.cm-button': { ...FIELD, border: '1px solid var(--hairline-2)', fontWeight: '600' },
  '.cm-button:active': { backgroundImage: 'none', backgroundColor: 'var(--hover)' },
  '.cm-textfield:focus-visible, .cm-button:focus-visible': {
    outline: '2px solid var(--balance)',
    outlineOffset: '2px',
  },
});

/** Without hues: colour has meanings here, and a kind of text is none of them. */
const highlighting = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: 'var(--ink-2)' },
  { tag: [tags.content, tags.string], color: 'var(--ink)', fontWeight: '500' },
  { tag: tags.comment, color: 'var(--ink-3)' },
  { tag: [tags.separator, tags.punctuation, tags.bracket, tags.meta], color: 'var(--ink-3)' },
  { tag: [tags.labelName, tags.typeName, tags.keyword], color: 'var(--ink)' },
]);

export const editorTheme: Extension = [look, syntaxHighlighting(highlighting)];
