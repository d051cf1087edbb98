import type { Nodes, Root } from 'mdast';
import { Fragment, memo, useMemo, type ReactNode } from 'react';
import { CodeBlock } from './CodeBlock';
import { splitMentions, type Mentionable } from './mentions';
import { parseMarkdown } from './parseMarkdown';
import { safeLink } from './safeLink';
import { toPlainText } from './toPlainText';

interface Props {
  readonly text: string;
  /** People mentioned by the message; only their `@name`s are marked. */
  readonly mentions: readonly Mentionable[];
  /** The reader: their own mention stands out. */
  readonly me?: string | undefined;
}

interface Context {
  readonly mentions: readonly Mentionable[];
  readonly me: string | undefined;
}

/**
 * A message text as React nodes, never as HTML: what is not in the subset comes out as the characters
 * that were typed (S-I01, S-I02).
 */
export const Markdown = memo(function Markdown({ text, mentions, me }: Props) {
  const root: Root = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div className="markdown" dir="auto">
      {renderChildren(root, { mentions, me })}
    </div>
  );
});

function renderChildren(node: Nodes, context: Context): ReactNode {
  if (!('children' in node)) return null;
  return node.children.map((child) => (
    <Fragment key={child.position?.start.offset ?? toPlainText(child)}>
      {renderNode(child, context)}
    </Fragment>
  ));
}

function renderNode(node: Nodes, context: Context): ReactNode {
  const inner = () => renderChildren(node, context);
  switch (node.type) {
    case 'paragraph':
      return <p>{inner()}</p>;
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'emphasis':
      return <em>{inner()}</em>;
    case 'delete':
      return <del>{inner()}</del>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return <CodeBlock text={node.value} language={node.lang ?? undefined} />;
    case 'blockquote':
      return <blockquote>{inner()}</blockquote>;
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{inner()}</ol> : <ul>{inner()}</ul>;
    case 'listItem':
      return <li>{inner()}</li>;
    case 'break':
      return <br />;
    case 'link':
      return <Link address={node.url}>{inner()}</Link>;
    case 'text':
      return <Text value={node.value} context={context} />;
    default:
      return toPlainText(node);
  }
}

function Link({ address, children }: { address: string; children: ReactNode }) {
  const href = safeLink(address);
  if (href === undefined) {
    return (
      <span className="unsafe-link">
        {children} ({address})
      </span>
    );
  }
  return (
    <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function Text({ value, context }: { value: string; context: Context }) {
  return splitMentions(value, context.mentions).map((part, index) =>
    part.mention === undefined ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts of one text have no other identity
      <Fragment key={index}>{part.text}</Fragment>
    ) : (
      <span
        // oxlint-disable-next-line react/no-array-index-key
        key={index}
        className={
          part.mention === context.me || part.mention === 'all' ? 'mention mention-me' : 'mention'
        }
      >
        {part.text}
      </span>
    ),
  );
}
