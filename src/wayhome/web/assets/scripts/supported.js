// First thing in the body, before anything is drawn: says that scripts run here. GOV.UK Frontend looks for both.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
