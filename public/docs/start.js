SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  // Otherwise Swagger UI shows the document to a validator on another host.
  validatorUrl: null,
});
