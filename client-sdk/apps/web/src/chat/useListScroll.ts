import type { TimelineState, Timeline } from '@magpie/sdk';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { anchorOf, edgesOf, restoreAnchor, type Anchor } from './listScroll';

interface Options {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly state: TimelineState;
  readonly timeline: Timeline;
  /** Called whenever other messages may have become visible. */
  readonly onView: () => void;
}

/**
 * Keeps the list where the reader is: at the bottom while they are there, else at the first visible
 * row, whatever is added or dropped above and below; asks for the next page near an edge.
 */
export function useListScroll({ box, state, timeline, onView }: Options) {
  const { items, hasBefore, hasAfter, loading, loaded } = state;
  const stick = useRef(true);
  const anchor = useRef<Anchor>(undefined);
  const [away, setAway] = useState(false);

  const look = useCallback(() => {
    const list = box.current;
    if (list === null) return;
    const edges = edgesOf(list);
    stick.current = edges.atBottom && !hasAfter;
    anchor.current = anchorOf(list);
    setAway(!stick.current);
    if (loaded && loading === undefined) {
      if (edges.nearTop && hasBefore) void timeline.loadBefore().catch(() => undefined);
      else if (edges.nearBottom && hasAfter) void timeline.loadAfter().catch(() => undefined);
    }
    onView();
  }, [box, hasAfter, hasBefore, loaded, loading, timeline, onView]);

  useLayoutEffect(() => {
    const list = box.current;
    if (list === null) return;
    if (stick.current) list.scrollTop = list.scrollHeight;
    else if (anchor.current !== undefined) restoreAnchor(list, anchor.current);
    look();
  }, [box, items, look]);

  useEffect(() => {
    const list = box.current;
    if (list === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (stick.current) list.scrollTop = list.scrollHeight;
    });
    observer.observe(list);
    if (list.firstElementChild !== null) observer.observe(list.firstElementChild);
    return () => observer.disconnect();
  }, [box]);

  /** Goes to the newest message and stays there. */
  const toBottom = useCallback(() => {
    stick.current = true;
    if (hasAfter) void timeline.jumpToLatest().catch(() => undefined);
    const list = box.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  }, [box, hasAfter, timeline]);

  /** Before a row is scrolled to: the next change of the list must not pull back to the bottom. */
  const release = useCallback(() => {
    stick.current = false;
    anchor.current = undefined;
  }, []);

  return { look, toBottom, release, away };
}
