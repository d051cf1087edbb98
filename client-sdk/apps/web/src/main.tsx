import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { giveStylesTheNonce, readNonce } from './app/csp';
import { Page } from './app/Page';
import { preferredLanguage, startI18n } from './i18n/startI18n';
import './styles/index.css';

giveStylesTheNonce(readNonce());
startI18n(preferredLanguage());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
