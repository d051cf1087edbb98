import { useEffect, useState, type RefObject } from 'react';

/** Whether an element is on the screen, or about to be; true where the browser cannot tell. */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const able = typeof IntersectionObserver !== 'undefined';
  const [seen, setSeen] = useState(!able);
  useEffect(() => {
    if (!able || element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.at(-1)?.isIntersecting === true),
      { rootMargin: '100px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [able, element]);
  return seen;
}
