// Lays the interactive reader over the plain list, once it has something to show.
const place = document.getElementById("reader");

if (place && window.SwaggerUIBundle) {
  window.SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    validatorUrl: null,
    onComplete: () => document.getElementById("operations").remove(),
  });
}
