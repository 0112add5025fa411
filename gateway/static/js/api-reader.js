// The interactive reader is large and not made for everyone, so it comes only to whoever opens it.
const place = document.querySelector(".try-out");

place?.addEventListener("toggle", open, { once: true });

function open() {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: place.dataset.style });
  const script = Object.assign(document.createElement("script"), { src: place.dataset.script });
  script.addEventListener("load", () =>
    window.SwaggerUIBundle({
      url: place.dataset.document,
      domNode: document.getElementById("reader"),
      validatorUrl: null,
    }),
  );
  document.head.append(style, script);
}
