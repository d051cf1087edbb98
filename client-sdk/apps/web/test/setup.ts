import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { startI18n } from '../src/i18n/startI18n';

startI18n('en');
afterEach(cleanup);
