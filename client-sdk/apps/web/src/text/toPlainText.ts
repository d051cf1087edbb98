import type { Nodes } from 'mdast';

/** The words of a parsed text without its marks. */
export function toPlainText(node: Nodes): string {
  if ('value' in node) return node.value;
  if (node.type === 'break') return '\n';
  if (!('children' in node)) return '';
  const separator = node.type === 'root' || node.type === 'list' ? '\n' : '';
  return node.children.map((child) => toPlainText(child)).join(separator);
}
