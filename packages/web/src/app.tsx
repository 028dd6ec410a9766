import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { pageConfig } from './page-config.js';
import { LandingPage } from './pages/landing/landing-page.js';
import { NotFoundPage } from './pages/not-found-page.js';
import { RoomPage } from './pages/room-page.js';
import { Toaster } from './ui/toaster.js';
import { TooltipLayer } from './ui/tooltip-layer.js';

const InspectPage = lazy(() => import('./pages/inspect/inspect-page.js').then((m) => ({ default: m.InspectPage })));
const TestPage = lazy(() => import('./pages/test/test-page.js').then((m) => ({ default: m.TestPage })));
const WatchPage = lazy(() => import('./pages/watch/watch-page.js').then((m) => ({ default: m.WatchPage })));

export function App() {
  return (
    <Router base={pageConfig.basePath}>
      <Switch>
        <Route path="/">
          <LandingPage />
        </Route>
        <Route path="/test">
          <Suspense fallback={null}>
            <TestPage />
          </Suspense>
        </Route>
        {/* Another room is another call: the key ends the one before. */}
        <Route path="/r/:room">{({ room }) => <RoomPage key={room} typedName={room} />}</Route>
        <Route path="/watch/:room">
          {({ room }) => (
            <Suspense fallback={null}>
              <WatchPage key={room} typedName={room} />
            </Suspense>
          )}
        </Route>
        <Route path="/inspect">
          <Suspense fallback={null}>
            <InspectPage />
          </Suspense>
        </Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
      <Toaster />
      <TooltipLayer />
    </Router>
  );
}
