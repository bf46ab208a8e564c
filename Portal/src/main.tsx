import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./app/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { takeKeyFromAddress } from "./session/signInLink";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root.");
createRoot(root).render(<App linkKey={takeKeyFromAddress()} />);
