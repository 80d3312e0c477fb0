import type { Handler } from "#domain/script/script.ts";
import { scriptEn } from "./script.en.ts";

type Entry = Omit<Handler, "version" | "script">;

/** What to say to the twenty-five objections one hears most: agree with the feeling, turn the matter, ask. */
const entries: readonly Entry[] = [
  {
    id: "en-price", title: "Too expensive",
    gist: "Turn the price into a comparison: dear next to what?",
    synonyms: ["expensive", "dear", "pricey", "costs too much", "too much money", "steep", "can't afford it", "out of our budget", "not worth it", "a rip-off", "discount", "cheaper", "that's a lot"],
    phrasings: [
      "I understand, it has to pay for itself. May I ask, expensive next to what: the rent alone, or the rent, the staff and the forklift together? Let's add it up and see.",
      "It does sound like a lot on its own. It includes taking goods in, storage and security, and you never pay for empty space. How much of yours is empty in summer?",
      "You may be right: for some firms their own place is cheaper. Shall we find out on your figures? It takes twenty minutes, and then you'll know.",
    ],
  },
  {
    id: "en-supplier", title: "We already have a supplier",
    gist: "Praise the choice and offer to be the second one.",
    synonyms: ["already have someone", "existing provider", "we use another company", "we're with someone", "current supplier", "happy with what we have", "we're sorted", "all covered", "we use somebody else", "we've got storage", "what makes you better", "why would we change", "not changing"],
    phrasings: [
      "Good, then it's in safe hands, and I'm not asking you to change. If there were one thing you could improve about it, what would it be?",
      "That makes sense, you stay with people you trust. Quite a few firms use us as a second warehouse in the busy months. Do yours keep up with everything in December?",
      "Fair enough. Then let me just give you a price to compare. If theirs is better, at least you'll know for certain. Shall I send it?",
    ],
  },
  {
    id: "en-email", title: "Send it by e-mail",
    gist: "Say yes, ask what to send, and name a day.",
    synonyms: ["email me", "send me something", "send an email", "drop me a line", "put it in writing", "brochure", "price list", "not on the phone", "information pack", "send some info", "quote", "proposal", "WhatsApp it"],
    phrasings: [
      "Happy to. To keep it to one useful page, may I ask two things: roughly how many pallets, and how often do you ship?",
      "Of course, what's the address? You won't want a brochure, so I'll do an estimate for you. What should I price first: the storage or the packing?",
      "Will do, you'll have it today. And since e-mails pile up, shall we put five minutes aside to go through it? Wednesday or Thursday?",
    ],
  },
  {
    id: "en-season", title: "It's not the season",
    gist: "The quiet months are the time to compare in peace.",
    synonyms: ["out of season", "quiet period", "low season", "slow time", "no orders", "try me in spring", "when the season starts", "after Christmas", "in the new year", "too early", "nothing moving", "summer is dead", "come autumn", "not now", "off season"],
    phrasings: [
      "Exactly, it's quiet now, and that's why I'm ringing. Now there's time to work it out; in the season the space has gone. When does your peak begin?",
      "I see. And when there's little stock, you still pay for the whole warehouse. At a guess, how much of it is in use right now?",
      "All right, not now, then. Shall I ring a month before your peak, while there's still space to choose from? Which month would that be?",
    ],
  },
  {
    id: "en-noNeed", title: "We don't need it",
    gist: "Take the pressure off and ask one thing: why.",
    synonyms: ["not interested", "no need", "no thanks", "we're fine", "we manage ourselves", "don't want it", "not for us", "nothing required", "we're all right as we are", "no interest", "not relevant"],
    phrasings: [
      "I understand, you weren't planning to think about storage today. One question and I'll let you go: have you got enough room, or is it just not a priority?",
      "That may well be so. People usually say that when the warehouse runs itself. Did every order get out on time last season?",
      "Fine, I won't insist. Could you just tell me what would have to happen for it to become interesting? If the answer is nothing, I'll write that down.",
    ],
  },
  {
    id: "en-noTime", title: "No time",
    gist: "One question now, or an exact time later.",
    synonyms: ["busy", "in a meeting", "driving", "can't talk", "bad time", "in a hurry", "in a rush", "make it quick", "not a good moment", "on another call", "swamped"],
    phrasings: [
      "I can hear that, so I won't keep you. When's better: today after four, or tomorrow morning? I'll ring on the dot, and three minutes will do.",
      "Understood. One ten-second question: have you got enough warehouse space? If yes, I'll say goodbye. If not, tell me when to ring.",
      "Sorry to catch you at a bad moment. In short: we store goods for wholesalers, and you pay only for the space you use. When may I tell you more?",
    ],
  },
  {
    id: "en-think", title: "I need to think about it",
    gist: "Find out what exactly there is to think about, and help.",
    synonyms: ["think it over", "let me think", "sleep on it", "not sure", "consider it", "mull it over", "undecided", "not ready to decide", "weigh it up", "have doubts", "ask my partner", "can't say right now", "we'll see"],
    phrasings: [
      "Of course, it's not something to decide on the spot. What matters most to you: the price, the safety of the stock, or the move itself? I'll send you just that.",
      "Quite right. It's easier to think with figures, so I'll do you a one-page estimate. I'll ring in two days, and you tell me yes or no. Is that fair?",
      "I understand. Often there's one particular \"but\" behind it. Tell me straight, I won't mind: what is it that bothers you?",
    ],
  },
  {
    id: "en-notMe", title: "It's not my decision",
    gist: "Find out who decides, and make an ally.",
    synonyms: ["not up to me", "not my area", "not my department", "ask my boss", "my manager decides", "head office", "the director", "need approval", "talk to my partner", "the board", "my wife", "someone else handles that"],
    phrasings: [
      "Thank you for saying so. Who would be the right person, and how do I reach them? If you don't mind, I'll say that you suggested it.",
      "I see. But you're the one who sees the warehouse every day. Do you think your boss would want to compare the costs? And what would they look at first?",
      "Right. Let's make it simple: I send you one page for your boss, and I ring once you've shown it. Which day would be good?",
    ],
  },
  {
    id: "en-ownWarehouse", title: "We have our own warehouse",
    gist: "Leave them their own place and take only the peak.",
    synonyms: ["own warehouse", "own premises", "own building", "own unit", "we store it ourselves", "own staff", "our own people", "in-house", "our own vans", "we bought a unit", "own the freehold"],
    phrasings: [
      "That's a real advantage, and there's no need to give it up. But at the very peak, when it's full to the doors, where does the rest go?",
      "I see, everything's to hand. Many firms keep the fast goods at home and bring us what sits for months. Have you got much of that?",
      "Good for you. Let me ask you as the owner: if half of that space were suddenly free, what would you do with it?",
    ],
  },
  {
    id: "en-trust", title: "I wouldn't trust strangers with it",
    gist: "Accept the worry; offer contract, records and a visit.",
    synonyms: ["don't trust", "theft", "stolen", "go missing", "lose our goods", "damage", "break things", "not safe", "worried", "nervous about it", "out of our sight", "risky"],
    phrasings: [
      "And rightly so, nobody hands their stock to just anyone. With us every pallet is scanned and on camera, and we pay for what's missing. Would you like to come and see?",
      "I understand. Nobody starts with everything: you bring a few pallets, and after a month we count together. What could you spare for a trial?",
      "That's a fair point. What would convince you: the contract, other customers' words, or seeing the place for yourself?",
    ],
  },
  {
    id: "en-badExperience", title: "We tried that, it went wrong",
    gist: "Let them tell what happened, and answer only that.",
    synonyms: ["bad experience", "been burnt", "tried it before", "let us down", "they lost our stock", "mixed up orders", "never again", "it was a mess", "nightmare", "didn't work out", "once bitten"],
    phrasings: [
      "I'm sorry to hear that. What happened: wrong orders, late ones, damaged stock? I'll tell you honestly how that works with us.",
      "I can see why you wouldn't want a second time. But suppose it had gone as promised: would the idea itself have been right for you?",
      "Thanks for telling me. Then don't take my word for it: try a small batch and count it after a month. What would we have to do differently for you to risk it?",
    ],
  },
  {
    id: "en-smallVolume", title: "We're too small",
    gist: "Small firms are our customers; name the minimum.",
    synonyms: ["small volumes", "too small", "not enough stock", "only a few pallets", "we're tiny", "start-up", "one-man band", "just starting out", "not your size", "hardly anything", "small quantities"],
    phrasings: [
      "Small firms are just what we're for. Our minimum is {minimum}. What would yours come to, if it were all in one place?",
      "I see, you don't need a whole warehouse. That's why you pay us by the pallet and not by the building. Where's the stock now: the office, a garage, a lock-up?",
      "Thanks for being frank. If it really is too little, I'll say so and save your time. How many pallets do you get to at the peak?",
    ],
  },
  {
    id: "en-far", title: "You're too far away",
    gist: "Count the way to the customer, not the miles.",
    synonyms: ["too far", "distance", "not local", "other end of the country", "wrong part of the country", "delivery would cost", "transport costs", "miles away", "we'd have to drive", "where are you based", "location"],
    phrasings: [
      "Good question. Our warehouses are in {cities}. Where do most of your goods end up? We may be nearer to your customers than you are.",
      "I understand, nobody wants extra miles. But you wouldn't have to drive: we take in, pack and send out. Where do your deliveries come from?",
      "Perhaps it is too far, and that's easy to check. Tell me where your goods come from and where they go, and we'll price the road with the storage. Shall we?",
    ],
  },
  {
    id: "en-noMoney", title: "There's no budget",
    gist: "Not a new cost, but a fixed one made smaller.",
    synonyms: ["no money", "budget", "don't have the budget", "cutting costs", "cost cutting", "cash is tight", "hard times", "recession", "sales are down", "spending freeze", "can't spend", "belt tightening", "laying people off"],
    phrasings: [
      "I understand, it's hard for a lot of people just now. That's why I'm asking about a cost you already have: do you pay rent and wages in an empty month too?",
      "I hear you. When costs have to come down, storage is worth a look. Let's see how much of it could go. The estimate costs you nothing.",
      "Then it's the wrong moment, and I won't press you. When do you next review your costs? I'll send a comparison in time for that.",
    ],
  },
  {
    id: "en-cheaper", title: "Others are cheaper",
    gist: "Compare the whole month's bill, not the rate.",
    synonyms: ["cheaper elsewhere", "found it for less", "competitors", "better price", "lower quote", "someone undercut you", "better offer", "better deal", "shopping around", "they charge less", "beat that price"],
    phrasings: [
      "Quite possibly, there's always somebody cheaper. What's in their rate: taking goods in, packing, insurance? Let's compare the whole month's bill.",
      "Thanks for telling me. If you get the same for less, take it, that's only sensible. Could you send me the figures without the name? I'll tell you honestly what I see.",
      "I see. And leaving price aside, what do you like about them, and what less? Sometimes the saving goes on wrong orders and waiting lorries.",
    ],
  },
  {
    id: "en-contract", title: "We're tied into a contract",
    gist: "Learn the date, and come in good time.",
    synonyms: ["contract", "lease", "tied in", "locked in", "notice period", "until the end of the year", "penalty", "paid in advance", "just renewed", "just signed", "break clause", "commitment"],
    phrasings: [
      "A contract's a contract, no need to break it. Which month does it run to? I'll ring two months before, so that you've got something to compare.",
      "I see, then there's nothing to decide today. It's still better to know a price before you renew than after. When do you usually sit down over it?",
      "Right. And does everything fit in there? If it doesn't in the busy months, the overflow could come to us, and the contract stays as it is.",
    ],
  },
  {
    id: "en-whereNumber", title: "Where did you get my number?",
    gist: "Answer straight, and offer to take the number off.",
    synonyms: ["how did you get my number", "who gave you my number", "my details", "data protection", "GDPR", "privacy", "where are you calling from", "who sold you my data", "TPS", "I'll report you", "mailing list"],
    phrasings: [
      "That's a fair question. I have a list of wholesale firms here with yours on it; I'll find out where it came from and write to you. I can take your number off now. Shall I, or may I say why I rang?",
      "I understand, it's not nice when strangers ring. It's a business call, about your firm's warehouse. If you say don't ring, we won't ring again. What would you prefer?",
    ],
  },
  {
    id: "en-stopCalling", title: "Stop calling me",
    gist: "Apologise, don't argue, offer to stop the calls.",
    synonyms: ["don't call again", "leave me alone", "fed up", "sick of these calls", "cold call", "spam", "take me off your list", "remove my number", "nuisance calls", "the fifth one today", "you lot again", "you've already rung", "do not call"],
    phrasings: [
      "I'm sorry, it sounds as if you've had quite enough of these. I can mark it now so that we don't ring again. Shall I do that, or first say in ten seconds what it was about?",
      "I do understand, I don't like such calls either. I'm marking your number so that we don't ring again. Sorry to have troubled you, and have a good day.",
      "Fair enough. So that I note it correctly and nobody bothers you: is it that you'll never need it, or is it simply one call too many?",
    ],
  },
  {
    id: "en-robot", title: "Are you a robot?",
    gist: "Smile, answer as a person, then ask your question.",
    synonyms: ["robot", "bot", "recording", "reading from a script", "script", "are you real", "is this a machine", "AI", "automated", "call centre", "reading that off a card"],
    phrasings: [
      "No, I'm {agentName}, quite real and a little nervous. Let's forget the notes: what goes wrong most often in your warehouse?",
      "I do have notes in front of me, so as not to waste your time. But the answers are my own. Ask me anything about storage and see.",
    ],
  },
  {
    id: "en-unknown", title: "Never heard of you",
    gist: "Admit it calmly, and give them something to check.",
    synonyms: ["who are you", "don't know you", "what company", "never heard the name", "which firm", "how long have you been going", "scam", "con", "fly-by-night", "who do you work with already", "unknown company"],
    phrasings: [
      "That's true, we're not a big name: we work with small wholesalers and hardly advertise. Our warehouses are in {cities}. What would you like to know first?",
      "You're right to ask. I'll send our company details, the contract and two customers who'll speak to you. Have a look, and shall we talk after that?",
      "True, we haven't met. We're {ourCompany}, and we store goods and pack orders. So that it's worth your while: is storage a sore point for you?",
    ],
  },
  {
    id: "en-priceNow", title: "Just tell me the price",
    gist: "Name it honestly, and say what the bill depends on.",
    synonyms: ["how much", "what does it cost", "price", "cost", "rates", "tariff", "ballpark", "figure", "bottom line", "what do you charge", "per pallet", "get to the point"],
    phrasings: [
      "Straight away: {price}. Packing is extra, by the line. To give you a figure for the month I need one thing: how many pallets have you got?",
      "Storage is {price}, and the minimum is {minimum}. Is that close to what you pay now, or a long way off?",
      "It's no secret: {price}. The total depends on how much you ship. Is that every day, or a couple of times a week?",
    ],
  },
  {
    id: "en-liability", title: "Who pays if something's lost?",
    gist: "Keep it short: contract, counts, compensation.",
    synonyms: ["guarantee", "liability", "insurance", "insured", "responsibility", "missing stock", "fire", "flood", "damaged goods", "compensation", "who is responsible", "shortage", "what does the contract say"],
    phrasings: [
      "We do. The stock's insured, and that's in the contract. What's missing we pay for at your purchase price. Shall I send you that clause for your lawyer?",
      "Good question, that's where to begin. We count it in, we count it again every quarter, and we pay for the difference. What do your own losses come to in a year?",
    ],
  },
  {
    id: "en-moving", title: "Moving is a headache",
    gist: "Split the move: only the new stock comes first.",
    synonyms: ["hassle", "too complicated", "move everything", "disruption", "a lot of work", "trouble", "upheaval", "our system", "software", "integration", "Sage", "Xero", "stop the business", "how does it work", "how soon could you start", "staff would go", "if it ain't broke"],
    phrasings: [
      "I agree, moving it all at once would be no fun. So nobody does: the old stock sells where it is, and the new comes straight to us. How many deliveries do you get a month?",
      "I understand, if it works, leave it. What worries you most: moving the stock, linking the systems, or the people? Let's look at just that.",
      "The systems are the easy part: we set up the link, and for a week we run both side by side. If it doesn't suit, you go back. Where would it pinch most for you?",
    ],
  },
  {
    id: "en-specialGoods", title: "Our goods are special",
    gist: "Ask what they need; if we can't, say so.",
    synonyms: ["fragile", "glass", "heavy", "oversized", "temperature", "chilled", "frozen", "food", "chemicals", "hazardous", "dangerous goods", "sell-by dates", "batch numbers", "you couldn't handle it", "specialist"],
    phrasings: [
      "Then you need more from a warehouse than most. What matters most: temperature, careful packing, batch numbers? If there's something we can't do, I'll say so.",
      "Thanks for telling me. Fragile and heavy we do; frozen and hazardous we don't. Which is yours? Tell me how it's kept now.",
      "You know your goods best. If somebody else had to look after them, what would worry you first? Let's start with that.",
    ],
  },
  {
    id: "en-later", title: "Ring me in six months",
    gist: "Agree, but learn what will be different then.",
    synonyms: ["later", "call back later", "some other time", "next year", "in a few months", "next quarter", "next spring", "not right now", "try me in the autumn", "down the line", "in the future", "we'll call you"],
    phrasings: [
      "I'll make a note. What will have changed by then: is a lease up, does the season start? I only ask so that I ring in the right week.",
      "Right you are. So that we don't start from nothing in six months: is the warehouse yours or rented? I'll come prepared and be brief.",
      "Of course, as you like. I can send the estimate now, for you to have at hand, and ring when you say. Which address should it go to?",
    ],
  },
];

export const handlersEn: readonly Handler[] = entries.map((entry) => ({ ...entry, version: 1, script: scriptEn.id }));
