// PouchDB's own server, as its documentation sets it up for replication alone, with everything in memory.
import express from "express";
import expressPouchDB from "express-pouchdb";
import PouchDB from "pouchdb";
import memory from "pouchdb-adapter-memory";

PouchDB.plugin(memory);
const app = express();
app.get("/", (_, response) => response.send("<!doctype html><title>Peer</title><script src=/pouchdb.js></script>"));
app.get("/pouchdb.js", (_, response) => response.sendFile(new URL("./node_modules/pouchdb/dist/pouchdb.min.js", import.meta.url).pathname));
app.use("/db", expressPouchDB(PouchDB.defaults({ adapter: "memory" }), { mode: "minimumForPouchDB", inMemoryConfig: true }));
const server = app.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
process.once("SIGTERM", () => process.exit(0));
