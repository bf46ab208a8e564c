import { lazy, Suspense } from "react";
import { Redirect, Route, Switch, useRoute } from "wouter";
import { useSession } from "../session/session";
import { LoadingRows } from "../ui/States";
import { EcosystemContext } from "./ecosystem";
import { Frame } from "./Frame";
import { NoEcosystem, NotFound } from "./NotFound";
import { lastEcosystem, rememberEcosystem } from "./lastEcosystem";
import { pathTo } from "./routes";

const BoardPage = lazy(() => import("../board/BoardPage"));
const PartnersPage = lazy(() => import("../partners/PartnersPage"));
const PartnerPage = lazy(() => import("../partners/PartnerPage"));
const DealsPage = lazy(() => import("../deals/DealsPage"));
const DealPage = lazy(() => import("../deals/DealPage"));
const ProgramsPage = lazy(() => import("../programs/ProgramsPage"));
const ProgramPage = lazy(() => import("../programs/ProgramPage"));
const StreamsPage = lazy(() => import("../streams/StreamsPage"));
const StreamPage = lazy(() => import("../streams/StreamPage"));
const PersonPage = lazy(() => import("../people/PersonPage"));
const EndpointPage = lazy(() => import("../endpoints/EndpointPage"));
const OperationsPage = lazy(() => import("../operations/OperationsPage"));
const GrainPage = lazy(() => import("../operations/GrainPage"));
const WebhooksPage = lazy(() => import("../webhooks/WebhooksPage"));

/** Every page of the portal and its address. */
export function Pages() {
  const session = useSession();
  const [, params] = useRoute("/:ecosystem/*?");
  const known = session.ecosystems.map((e) => e.id);
  const first = known.includes(lastEcosystem() ?? "") ? lastEcosystem() : known[0];
  if (!first) return <NoEcosystem />;
  if (!params) return <Redirect to={pathTo.board(first)} replace />;
  const ecosystem = decodeURIComponent(params.ecosystem);
  if (!known.includes(ecosystem)) return <NotFound home={pathTo.board(first)} />;
  rememberEcosystem(ecosystem);

  return (
    <EcosystemContext value={ecosystem}>
      <Frame>
        <Suspense fallback={<LoadingRows />}>
          <Switch>
            <Route path="/:e">
              <Redirect to={pathTo.board(ecosystem)} replace />
            </Route>
            <Route path="/:e/board">
              <Redirect to={pathTo.board(ecosystem)} replace />
            </Route>
            <Route path="/:e/board/partners">
              <BoardPage key={`${ecosystem}/partners`} kind="partners" />
            </Route>
            <Route path="/:e/board/deals">
              <BoardPage key={`${ecosystem}/deals`} kind="deals" />
            </Route>
            <Route path="/:e/partners" component={PartnersPage} />
            <Route path="/:e/partners/:id">{({ id }) => <PartnerPage key={id} id={decodeURIComponent(id)} />}</Route>
            <Route path="/:e/deals" component={DealsPage} />
            <Route path="/:e/deals/:id">{({ id }) => <DealPage key={id} id={decodeURIComponent(id)} />}</Route>
            <Route path="/:e/programs" component={ProgramsPage} />
            <Route path="/:e/programs/:id">{({ id }) => <ProgramPage key={id} id={decodeURIComponent(id)} />}</Route>
            <Route path="/:e/streams" component={StreamsPage} />
            <Route path="/:e/streams/:id">{({ id }) => <StreamPage key={id} id={decodeURIComponent(id)} />}</Route>
            <Route path="/:e/people/:id">{({ id }) => <PersonPage key={id} id={decodeURIComponent(id)} />}</Route>
            <Route path="/:e/webhooks">
              <WebhooksPage tab="sources" />
            </Route>
            <Route path="/:e/webhooks/endpoints">
              <WebhooksPage tab="endpoints" />
            </Route>
            <Route path="/:e/webhooks/endpoints/:id">
              {({ id }) => <EndpointPage key={id} id={decodeURIComponent(id)} />}
            </Route>
            <Route path="/:e/webhooks/dead-letters">
              <WebhooksPage tab="dead-letters" />
            </Route>
            <Route path="/:e/webhooks/dead-letters/:id">
              {({ id }) => <WebhooksPage tab="dead-letters" letter={decodeURIComponent(id)} />}
            </Route>
            <Route path="/:e/operations" component={OperationsPage} />
            <Route path="/:e/operations/grains/:kind/:id">
              {({ kind, id }) => (
                <GrainPage key={`${kind}/${id}`} kind={decodeURIComponent(kind)} id={decodeURIComponent(id)} />
              )}
            </Route>
            <Route>
              <NotFound home={pathTo.board(ecosystem)} />
            </Route>
          </Switch>
        </Suspense>
      </Frame>
    </EcosystemContext>
  );
}
