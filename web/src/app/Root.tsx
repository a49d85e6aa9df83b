import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { setSignedOutHandler } from '../api/client';
import { Problem } from '../api/problem';
import { useLanguage } from '../shared/useLanguage';
import { router } from './router';
import { themeOf, useDark, useStill } from './theme';

function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal is an answer; only a broken connection is worth another attempt.
        retry: (count, error) =>
          count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      },
    },
  });
}

export function Root() {
  const [queries] = useState(makeQueries);
  const language = useLanguage();
  const dark = useDark();
  const still = useStill();
  useEffect(() => {
    dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
  }, [language]);
  useEffect(() => setSignedOutHandler(() => queries.setQueryData(['me'], null)), [queries]);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={themeOf(dark, still)}
      button={{ autoInsertSpace: false }}
    >
      <AntApp message={{ maxCount: 3 }} className="root">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
