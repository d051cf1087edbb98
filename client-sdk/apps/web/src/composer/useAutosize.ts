import { useLayoutEffect, type RefObject } from 'react';

/** Grows a text field with its text, up to the height that the style sheet allows. */
export function useAutosize(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const field = area.current;
    if (field === null) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }, [area, text]);
}
