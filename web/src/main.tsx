import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Root } from './app/Root';
import { startTexts } from './i18n';
import './app/app.css';

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');
const root = createRoot(element);

// Texts first: no screen ever flashes keys.
startTexts().then(() =>
  root.render(
    <StrictMode>
      <Root />
    </StrictMode>,
  ),
);
