// Nothing on this page may call another host, so everything of Scalar's that would is off.
if (window.Scalar) {
  window.Scalar.createApiReference("#reference", {
    url: "/openapi/v1.json",
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: "never",
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
  });
} else {
  document.getElementById("reference").innerHTML =
    "<p>The reference's script is not here: build the gateway with Node.js and npm installed. " +
    'The document itself is at <a href="/openapi/v1.json">/openapi/v1.json</a>.</p>';
}
