// A shop's own script: its order list opens the chat with the order known, by a token that the shop's server signed.
const chat = document.querySelector("redress-chat");
for (const button of document.querySelectorAll("button[data-token]")) {
  button.addEventListener("click", () => {
    chat.setAttribute("customer-token", button.dataset.token);
    chat.setAttribute("open", "");
  });
}
