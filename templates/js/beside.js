// The PDF beside the page: loads it anew when there is a newer one, at the sheet that the page saw edited last.

const frame = document.querySelector("[name=plan-pdf]");
let version = null;

function connect() {
  const events = new EventSource("/events");
  events.onmessage = (event) => {
    const { pdf } = JSON.parse(event.data);
    if (pdf.version === null || pdf.version === version) return;
    version = pdf.version;
    const edited = sessionStorage.getItem("edited");
    frame.src = `/plan.pdf?${version}${edited === null ? "" : `#nameddest=${encodeURIComponent(edited)}`}`;
  };
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  };
}

connect();
