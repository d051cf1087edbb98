/** The demo people: user names and the names that the page shows. */
export const ZHANG = { username: 'zhang.wei', name: '张伟' } as const;
export const LI = { username: 'li.na', name: '李娜' } as const;
export const WANG = { username: 'wang.fang', name: '王芳' } as const;
export const DEMO_GROUP = '产品发布';

let count = 0;

/** A name that no other test uses. */
export function fresh(word: string): string {
  count += 1;
  return `${word} ${process.pid}-${count}`;
}
