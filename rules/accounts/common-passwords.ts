/**
 * What guessers try first: the heads of the published lists of breached passwords, in small letters, without the digits
 * and signs people hang on to please a policy (see `bareForm`).
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `abc abcd abcdef abcdefg abcdefgh access account admin administrator adobe alexander amanda andrea andrew angel angels
anthony apple april arsenal asdf asdfgh asdfghjk asdfghjkl ashley august austin autumn azerty azertyuiop banana barcelona
baseball basketball batman beautiful bienvenue blessed boomer bonjour brandon bubbles buster butterfly changeme charlie
cheese chelsea chocolate christ computer cookie cookies corvette cowboy daniel december default dennis doudou dragon
dynamo eagles einstein elephant enter family february ferrari flower football forever freedom friday friends fuckyou
gandalf george ginger giovanni google guest guitar hannah harley heaven hello helloworld hockey hunter iloveu iloveyou
internet jackson january jasmine jennifer jessica jesus john jordan joshua july june killer kyiv letmein liberty lifehack
liverpool london login love lovely loulou lucky lviv maggie manchester march marina marseille martin master matrix
matthew merlin michael michelle minecraft mercedes monday money monkey morgan motdepasse mustang mypassword naruto
nicolas nicole ninja november october olivia orange pass passe passw passw0rd password passwort patrick peanut pepper
phoenix photoshop pokemon princess private purple qazwsx qazwsxedc qwer qwerty qwertyu qwertyui qwertyuiop qwertz rainbow
ranger raiders rockyou root samantha saturday scooter secret september server shadow silver slipknot snoopy soccer soleil
solnyshko sophie spiderman spring starwars steelers summer sunday sunshine superman superuser support sysadmin system
taylor tester testing thomas thunder thursday tigger tinkerbell toor trustno tuesday ukraina ukraine user vanessa victoria
wednesday welcome whatever william winter yankees yellow zaqwsx zxcvbn zxcvbnm`.split(/\s+/),
);
