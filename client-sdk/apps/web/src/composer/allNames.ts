import { en } from '../i18n/en';
import { zh } from '../i18n/zh';

/** What stands after `@` where everybody is mentioned: in the language of whoever wrote it. */
export const ALL_NAMES: readonly string[] = [zh.composer.all, en.composer.all];
