"""Answers that stand in a page's place: the shapes of firewalls, error pages, portals and parked domains, by row.

Each is written for these tests: the words are ours, the build, the marks and the headers are those that such answers
have. `Substitute.row` is the row of section C of the fault catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Substitute:
    """An answer that is not the page that was asked for."""

    row: str
    name: str
    html: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def bare(title: str, body: str, head: str = "", language: str = "en") -> str:
    """A page of its own, as firewalls send them."""
    return f"<!DOCTYPE html><html lang='{language}'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


def in_site(title: str, main: str, language: str = "en") -> str:
    """A page in the dress of a regime's site: its name, its menus, its news and its foot around nothing."""
    return bare(
        f"{title} | Missile Technology Control Regime",
        "<a class='skip-link' href='#main'>Skip to content</a><header><p class='site-title'>Missile Technology Control Regime</p>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/partners/'>Partners</a></li><li><a href='/mtcr-guidelines/'>Guidelines and"
        " export controls</a></li><li><a href='/plenary/'>Plenary meetings</a></li><li><a href='/faq/'>FAQ</a></li></ul></nav></header>"
        f"<main id='main'>{main}</main><aside><h2>Latest news</h2><ul><li><a href='/n/1'>Plenary meeting of the MTCR</a></li>"
        "<li><a href='/n/2'>The chair visits non-partners</a></li></ul></aside><footer><p>Non-proliferation of missiles. &copy; MTCR</p></footer>",
        language=language,
    )


def in_divisions(title: str, main: str) -> str:
    """The same in a site built of divisions alone, where nothing says which is the menu."""
    return bare(
        title,
        "<div id='wrap'><div class='top'><div class='logo'>Nuclear Suppliers Group</div><div class='menu'><a href='/'>Home</a> <a href='/about'>"
        "About the NSG</a> <a href='/participants'>Participating Governments</a> <a href='/documents'>Public statements</a></div></div>"
        f"<div class='content'>{main}</div><div class='bottom'>Contact the point of contact in Vienna. Nuclear Suppliers Group.</div></div>",
    )


_RAY = "<div class='footer'>Ray ID: <code>8f1c2d3e4a5b6c7d</code> Performance and security by Cloudflare</div>"
_SCRIPT = "<script>(function(){window._cf_chl_opt={cvId:'3'};var s=document.createElement('script');s.src='/cdn-cgi/challenge-platform/h/b/orchestrate';})()</script>"
_SHELL = "<div id='{0}'></div><script src='/static/{0}.js'></script>"

_CHALLENGES = (
    Substitute("C1", "a managed challenge", bare("Just a moment...", f"<div class='main-wrapper'><h1>mtcr.example</h1><p>We look at whether a person asks. This needs a few seconds.</p></div>{_SCRIPT}{_RAY}"), 403, {"Server": "cloudflare", "cf-mitigated": "challenge"}),
    Substitute("C1", "a challenge with status 200", bare("Just a moment...", f"<noscript><p>Enable JavaScript and cookies to continue</p></noscript>{_SCRIPT}")),
    Substitute("C1", "a challenge told by its header alone", bare("mtcr.example", "<p>One second.</p><p>The site opens by itself when this is done.</p>"), 200, {"cf-mitigated": "challenge"}),
    Substitute("C1", "a challenge in German", bare("Nur einen Moment...", f"<h1>mtcr.example</h1><p>Es wird geprüft, ob Sie ein Mensch sind.</p>{_RAY}", language="de")),
    Substitute("C1", "a challenge in French", bare("Un instant...", f"<h1>mtcr.example</h1><p>Vérification de la sécurité de la connexion.</p>{_RAY}", language="fr")),
    Substitute("C1", "under attack mode", bare("mtcr.example | DDoS protection", "<h1>Checking your browser before you get to mtcr.example</h1><p>You will be sent on shortly.</p><p>DDoS protection by Cloudflare</p>"), 503),
    Substitute("C1", "a rule that blocks", bare("Attention Required! | Cloudflare", f"<h1>Sorry, you have been blocked</h1><p>You cannot get to mtcr.example</p>{_RAY}"), 403),
    Substitute("C1", "an address that is banned", bare("Access denied | mtcr.example used Cloudflare to restrict access", "<h1>Error 1020</h1><h2>Access denied</h2><p>The owner of this site lets no such request in.</p>")),
    Substitute("C1", "too many requests from one address", bare("Access denied | mtcr.example", "<h1>Error 1015</h1><p>You are being rate limited: the owner has banned you for a while.</p>")),
    Substitute("C1", "an origin that does not answer", bare("mtcr.example | 522: Connection timed out", "<h1>Connection timed out</h1><p>Error code 522</p><p>Browser: working. Cloudflare: working. Host: error.</p>"), 522),
    Substitute("C1", "an origin that is down, with status 200", bare("mtcr.example | 521: Web server is down", "<h1>Web server is down</h1><p>Error code 521</p>")),
    Substitute("C1", "a turnstile in the site's dress", in_site("Security check", "<h1>One more step</h1><p>Please tick the box to show that you are human.</p><div class='cf-turnstile' data-sitekey='0x4A'></div>")),
    Substitute("C2", "a firewall's challenge by script", bare("", "<div id='challenge-container'></div><script src='https://token.awswaf.example/challenge.js'></script><noscript><h1>JavaScript is disabled</h1>In order to go on, we need to see that you are not a robot.</noscript>"), 202, {"x-amzn-waf-action": "challenge"}),
    Substitute("C2", "a firewall's challenge with status 200", bare("", "<div id='challenge-container'></div><noscript><h1>JavaScript is disabled</h1>We have to see that you're not a robot: enable it and reload.</noscript>"), 200, {"x-amzn-waf-action": "challenge"}),
    Substitute("C2", "a firewall's puzzle", bare("Human Verification", "<h1>Let's confirm you are human</h1><p>Solve the puzzle to go on.</p>"), 405, {"x-amzn-waf-action": "captcha"}),
    Substitute("C2", "a load balancer's refusal", bare("403 Forbidden", "<center><h1>403 Forbidden</h1></center>"), 403, {"Server": "awselb/2.0"}),
    Substitute("C2", "a load balancer's refusal with status 200", bare("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr>")),
    Substitute("C3", "a reference page", "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don't have permission to access \"http&#58;&#47;&#47;mtcr.example&#47;\" on this server.<P>\nReference&#32;&#35;18&#46;2f1a&#46;1699\n</BODY>\n</HTML>", 403),
    Substitute("C3", "a reference page with status 200", "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1><P>Reference&#32;&#35;18&#46;2f1a&#46;1699</BODY></HTML>"),
    Substitute("C3", "an invalid address at the edge", "<HTML><HEAD><TITLE>Invalid URL</TITLE></HEAD><BODY><H1>Invalid URL</H1>The requested URL \"&#91;no&#32;URL&#93;\", is invalid.<p>Reference&#32;&#35;9&#46;6f1a&#46;1699</BODY></HTML>", 400),
    Substitute("C3", "an edge that reaches nobody", "<HTML><HEAD><TITLE>Error</TITLE></HEAD><BODY>An error occurred while processing your request.<p>Reference&#32;&#35;97&#46;2f1a&#46;1699</BODY></HTML>"),
    Substitute("C3", "a page that waits for its sensor", bare("&nbsp;", "<div id='sec-if-cpt-container'></div><script src='/7eK/init.js'></script><p>Powered and protected by Akamai</p>")),
    Substitute("C4", "a distribution's refusal", bare("ERROR: The request could not be satisfied", "<h1>403 ERROR</h1><h2>The request could not be satisfied.</h2><hr>Request blocked.<pre>Generated by cloudfront (CloudFront)\nRequest ID: k3J==</pre>"), 403),
    Substitute("C4", "a distribution's refusal with status 200", bare("ERROR: The request could not be satisfied", "<h1>504 ERROR</h1><hr>We cannot connect to the server for this app.<pre>Generated by cloudfront (CloudFront)</pre>")),
    Substitute("C4", "a country that is not served", bare("ERROR", "<h1>403 ERROR</h1><p>The distribution is set up to block access from your country.</p><pre>Generated by cloudfront</pre>")),
    Substitute("C4", "an edge that has no such service", bare("Fastly error: unknown domain mtcr.example", "<p>Fastly error: unknown domain: mtcr.example. Please check that this domain has been added to a service.</p>"), 500),
    Substitute("C4", "an edge without its origin", bare("503 Backend fetch failed", "<h1>Error 503 Backend fetch failed</h1><p>Backend fetch failed</p><h3>Guru Meditation:</h3><p>XID: 32781</p><hr><p>Varnish cache server</p>")),
    Substitute("C4", "a service behind a door", bare("Service unavailable", "<h2>Our services aren't available right now</h2><p>We're working to restore all services as soon as possible.</p><p>0xK2J Azure Front Door</p>")),
    Substitute("C5", "an iframe and nothing else", "<html><head><META NAME='robots' CONTENT='noindex,nofollow'></head><body><iframe src='/_Incapsula_Resource?CWUDNSAI=9'>Request unsuccessful. Incapsula incident ID: 443000270-1</iframe></body></html>"),
    Substitute("C5", "an iframe without a word", "<html><head><META NAME='robots' CONTENT='noindex,nofollow'></head><body><iframe id='main-iframe' src='/_Incapsula_Resource?SWUDNSAI=31'></iframe></body></html>"),
    Substitute("C5", "an error of the wall", bare("Error 16", "<h1>Access denied</h1><p>Error code 16. This request was blocked by our security service</p><p>Powered by Imperva</p>"), 403),
    Substitute("C5", "an error of the wall with status 200", bare("Error 15", "<p>This request was blocked by the security rules</p><p>Incident ID: 443-2</p><p>Powered by Imperva</p>")),
)  # fmt: skip
_BLOCKS = (
    Substitute("C6", "a box to tick", bare("Robot check", "<p>Type the characters you see in this picture</p><img src='/captcha/1.jpg' alt=''>")),
    Substitute("C6", "a captcha in a form", bare("mtcr.example", "<form><p>Complete the CAPTCHA to go on</p><div class='g-recaptcha'></div><button>Send</button></form>")),
    Substitute("C6", "a captcha in the site's dress", in_site("Verification", "<h1>Are you a human?</h1><p>Please complete the captcha below before you go on.</p>")),
    Substitute("C6", "a captcha in Spanish", bare("Verificación", "<h1>Confirme que no es un robot</h1><p>Resuelva el captcha para continuar.</p>", language="es")),
    Substitute("C6", "a captcha in Russian", bare("Вы не робот?", "<h1>Подтвердите, что запросы отправляли вы, а не робот</h1><p>Введите символы с картинки</p>", language="ru")),
    Substitute("C6", "a captcha in Chinese", bare("安全验证", "<p>请完成安全验证后继续访问</p><p>请输入验证码</p>", language="zh")),
    Substitute("C6", "a button to hold", bare("mtcr.example", "<div id='px-captcha'></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>"), 403),
    Substitute("C6", "an interruption", bare("Pardon Our Interruption", "<p>Something about your browser made us think you are a bot.</p>")),
    Substitute("C6", "a slider", bare("mtcr.example", "<p>Slide right to complete the puzzle</p><script>var dd={'host':'geo.captcha-delivery.example'}</script>"), 403, {"x-datadome": "protected"}),
    Substitute("C6", "a search engine's doubt", bare("Sorry...", "<p>Our systems have detected unusual traffic from your computer network.</p>"), 429),
    Substitute("C6", "a firewall's support number", bare("Request Rejected", "<p>The requested URL was rejected. Please consult with your administrator.</p><p>Your support ID is: 1234567890</p>")),
    Substitute("C6", "a website firewall's block", bare("Sucuri WebSite Firewall - Access Denied", "<h1>Access Denied - Sucuri Website Firewall</h1><p>Block ID: GEO02</p>")),
    Substitute("C6", "a plugin's block", bare("Your access to this site has been limited", "<h1>Your access to this site has been limited by the site owner</h1><p>Wordfence, HTTP response code 503</p>"), 503),
    Substitute("C6", "a plugin's block with status 200", bare("Site locked", "<h1>Your access to this service has been limited</h1><p>Generated by Wordfence</p>")),
    Substitute("C6", "a module's refusal", bare("Not Acceptable!", "<h1>Not Acceptable!</h1><p>An appropriate representation of the requested resource could not be found. This error was generated by Mod_Security.</p>"), 406),
    Substitute("C6", "a module's refusal with status 200", bare("Not Acceptable!", "<h1>Not Acceptable!</h1><p>This error was generated by Mod_Security.</p>")),
    Substitute("C6", "a guard's page", bare("DDOS-GUARD", "<h1>Checking your browser before entering mtcr.example</h1><p>This process is automatic.</p>")),
    Substitute("C6", "an office's web filter", bare("Web Page Blocked", "<h2>Web page blocked</h2><p>You have tried to open a page that is against the internet usage policy. Category: Government. FortiGuard</p>")),
    Substitute("C6", "a provider's web filter", bare("Blocked", "<p>This site is blocked because of its content category: Weapons. Contact your network administrator. Cisco Umbrella</p>")),
    Substitute("C6", "a proxy's refusal", bare("ERROR: The requested URL could not be retrieved", "<h1>ERROR</h1><p>Access Denied. Access control configuration prevents your request. Generated by squid</p>")),
    Substitute("C6", "an alert of the browser", bare("Browser alert", "<p>For security reasons your browser is not let in. Your incident number is 7781.</p>")),
    Substitute("C6", "a wall in Portuguese", bare("Acesso negado", "<h1>Acesso negado</h1><p>Você não tem permissão para acessar esta página.</p>", language="pt")),
    Substitute("C6", "a wall in French", bare("Accès refusé", "<h1>Accès refusé</h1><p>Votre requête a été bloquée par le pare-feu.</p>", language="fr")),
    Substitute("C6", "a wall in German", bare("Zugriff verweigert", "<h1>Zugriff verweigert</h1><p>Sie haben keine Berechtigung, diese Seite aufzurufen.</p>", language="de")),
    Substitute("C7", "a cookie wall", bare("mtcr.example", "<div class='wall'><h1>We value your privacy</h1><p>We and our partners store information on a device.</p><button>Accept all</button><button>Manage options</button></div>")),
    Substitute("C7", "before one continues", bare("Before you continue", "<h1>Before you continue</h1><p>We use cookies to keep the service running.</p><button>Reject all</button><button>Accept all</button>")),
    Substitute("C7", "cookies that are off", bare("mtcr.example", "<p>Cookies must be enabled in order to view this website.</p>")),
    Substitute("C7", "a cookie wall in the site's dress", in_site("Cookies", "<h1>Your choice</h1><p>Please accept the cookies to continue to the page.</p><button>Accept</button>")),
    Substitute("C7", "a cookie wall in German", bare("Einwilligung", "<h1>Wir schätzen Ihre Privatsphäre</h1><p>Bitte stimmen Sie der Verwendung von Cookies zu, um fortzufahren.</p><button>Alle akzeptieren</button>", language="de")),
    Substitute("C7", "a cookie wall in French", bare("Consentement", "<p>Nous respectons votre vie privée. Acceptez les cookies pour continuer.</p><button>Tout accepter</button>", language="fr")),
    Substitute("C7", "a consent in Spanish", bare("Consentimiento", "<p>Utilizamos cookies propias y de terceros. Acepte las cookies para continuar.</p><button>Aceptar todo</button>", language="es")),
)  # fmt: skip
_NOTHING = (
    Substitute("C8", "a root and a bundle", bare("MTCR", f"<noscript>You need to enable JavaScript to run this app.</noscript>{_SHELL.format('root')}")),
    Substitute("C8", "a root and nothing said", bare("MTCR", _SHELL.format("app"))),
    Substitute("C8", "a spinner", bare("Nuclear Suppliers Group", f"<div class='spinner'>Loading...</div>{_SHELL.format('main')}")),
    Substitute("C8", "a framework's shell", bare("Wassenaar Arrangement", f"<app-root></app-root><noscript>Please enable JavaScript to continue using this application.</noscript>{_SHELL.format('polyfills')}")),
    Substitute("C8", "a shell with menus", in_site("Plenary", f"<div id='content-root'></div><noscript>This site requires JavaScript.</noscript>{_SHELL.format('content')}")),
    Substitute("C8", "a shell with menus and no word", in_site("Plenary", _SHELL.format("view"))),
    Substitute("C8", "a shell in divisions", in_divisions("Nuclear Suppliers Group", "Loading, please wait...")),
    Substitute("C8", "an old browser", bare("MTCR", "<p>Your browser does not support the features this site needs.</p>")),
    Substitute("C8", "a script that sends on", "<html><head><script>window.location.href='/lander?x=1'</script></head><body></body></html>"),
    Substitute("C8", "a page that reloads itself", "<html><head><meta http-equiv='refresh' content='0;url=/?hash=1'><title></title></head><body></body></html>"),
    Substitute("C8", "a script that is off, in German", bare("MTCR", "<p>Bitte aktivieren Sie JavaScript, um diese Seite anzuzeigen.</p>", language="de")),
    Substitute("C9", "works on the site", bare("Site maintenance", "<h1>We&rsquo;ll be back soon!</h1><p>Sorry, we are doing some maintenance at the moment.</p>")),
    Substitute("C9", "works on the site in its dress", in_site("Maintenance", "<h1>Scheduled maintenance</h1><p>The website of the Regime is not available until Monday. Partners may write to the point of contact.</p>")),
    Substitute("C9", "works named by the regime", bare("Nuclear Suppliers Group", "<h1>Nuclear Suppliers Group</h1><p>The website of the Nuclear Suppliers Group is undergoing maintenance. Participating Governments may reach the point of contact in Vienna.</p>")),
    Substitute("C9", "a system in maintenance mode", bare("Site under maintenance", "<p>Missile Technology Control Regime is currently under maintenance. We should be back shortly. Thank you for your patience.</p>")),
    Substitute("C9", "briefly unavailable", "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>"),
    Substitute("C9", "a database that does not answer", bare("Database Error", "<h1>Error establishing a database connection</h1>")),
    Substitute("C9", "a critical error", bare("Error", "<p>There has been a critical error on this website.</p><p>Learn more about troubleshooting.</p>")),
    Substitute("C9", "an exception in the page", bare("MTCR", "<p>The website encountered an unexpected error. Try again later.</p>")),
    Substitute("C9", "an exception with its trace", bare("Whoops, looks like something went wrong.", "<h1>Whoops, looks like something went wrong.</h1><pre>at Kernel.php line 51</pre>")),
    Substitute("C9", "an error of the application", bare("Runtime Error", "<h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2><p>The current custom error settings prevent the details from being viewed.</p>")),
    Substitute("C9", "an error of the gateway", bare("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>")),
    Substitute("C9", "an error of the servlet", bare("HTTP Status 500 – Internal Server Error", "<h1>HTTP Status 500 – Internal Server Error</h1><p>Type: Exception Report. Apache Tomcat</p>")),
    Substitute("C9", "a warning in place of the page", "<br /><b>Fatal error</b>: Uncaught Error: Call to undefined function in <b>/var/www/index.php</b> on line <b>12</b><br />"),
    Substitute("C9", "the server's own first page", bare("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p>")),
    Substitute("C9", "the system's own first page", bare("Apache2 Debian Default Page: It works", "<p>Apache2 Debian Default Page</p><p>It works!</p>")),
    Substitute("C9", "works in German", bare("Wartungsarbeiten", "<p>Die Seite wird zurzeit gewartet. Bitte versuchen Sie es später noch einmal.</p>", language="de")),
    Substitute("C9", "works in French", bare("Maintenance en cours", "<p>Le site est en cours de maintenance. Merci de revenir plus tard.</p>", language="fr")),
    Substitute("C9", "works in Spanish", bare("En mantenimiento", "<p>Sitio en mantenimiento. Vuelva a intentarlo más tarde.</p>", language="es")),
    Substitute("C9", "works in Russian", bare("Технические работы", "<p>На сайте ведутся технические работы. Зайдите позже.</p>", language="ru")),
    Substitute("C9", "a site that is being built", bare("Coming soon", "<h1>Coming soon</h1><p>Our new website is under construction.</p>")),
    Substitute("C9", "an account that is suspended", bare("Account Suspended", "<h1>Account Suspended</h1><p>This account has been suspended. Contact your hosting provider.</p>")),
    Substitute("C9", "too many visitors", bare("508 Resource Limit Is Reached", "<h1>Resource Limit Is Reached</h1><p>The website is temporarily unable to service your request as it exceeded its resource limit.</p>")),
    Substitute("C10", "nothing under the address", in_site("Page not found", "<h1>Page not found</h1><p>The page you are looking for does not exist. Search for it, or go to the front page.</p><form><input name='s'></form>")),
    Substitute("C10", "nothing, told kindly", in_site("Oops", "<h1>Oops! That page can&rsquo;t be found.</h1><p>It looks like nothing was found at this location. Maybe try one of the links below or a search?</p>")),
    Substitute("C10", "nothing, told in a number", in_site("404", "<h1>404</h1><p>Sorry, we could not find what you asked for.</p>")),
    Substitute("C10", "nothing, in divisions", in_divisions("Nuclear Suppliers Group - Error 404", "<div class='h'>The requested page could not be found.</div>")),
    Substitute("C10", "nothing, in divisions and a plain title", in_divisions("Nuclear Suppliers Group", "<div>404 - The requested resource was not found</div>")),
    Substitute("C10", "nothing, in a system's words", in_site("Error", "<h1>404 - Article not found</h1><p>You may not be able to visit this page because of an out-of-date bookmark, a mistyped address or a search engine's old listing.</p>")),
    Substitute("C10", "a file that is not there", bare("The resource cannot be found.", "<h1>Server Error in '/' Application.</h1><h2>The resource cannot be found.</h2><p>Requested URL: /plenary-25.aspx</p>")),
    Substitute("C10", "a page that was taken away", in_site("Content removed", "<h1>This content is no longer available</h1><p>The page was removed or has moved in the course of our relaunch.</p>")),
    Substitute("C10", "a page that was archived", in_site("Archived", "<p>The page you requested has been archived and is no longer online.</p>")),
    Substitute("C10", "a search without results", in_site("Search results", "<h1>Nothing Found</h1><p>Sorry, but nothing matched your search terms.</p>")),
    Substitute("C10", "a search without results, in divisions", in_divisions("Search", "<div>Your search returned no results. Check your spelling.</div>")),
    Substitute("C10", "a search that found nothing", in_site("Search", "<h1>Search</h1><p>No results found for plenary.</p>")),
    Substitute("C10", "nothing, in German", in_site("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Die gewünschte Seite konnte leider nicht gefunden werden.</p>", "de")),
    Substitute("C10", "nothing, in French", in_site("Page introuvable", "<h1>Page non trouvée</h1><p>La page demandée n'existe pas ou a été déplacée.</p>", "fr")),
    Substitute("C10", "nothing, in Spanish", in_site("Página no encontrada", "<h1>Página no encontrada</h1><p>La página que busca no existe.</p>", "es")),
    Substitute("C10", "nothing, in Russian", in_site("Страница не найдена", "<h1>Ошибка 404</h1><p>Запрашиваемая страница не найдена.</p>", "ru")),
    Substitute("C10", "nothing, in Japanese", in_site("ページが見つかりません", "<p>お探しのページは見つかりませんでした。移動または削除された可能性があります。</p>", "ja")),
    Substitute("C10", "nothing, in Korean", in_site("페이지를 찾을 수 없습니다", "<p>요청하신 페이지를 찾을 수 없습니다.</p>", "ko")),
    Substitute("C10", "a file in a store", "<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>plenary.html</Key></Error>"),
    Substitute("C10", "an answer of an interface", '{"code":"rest_no_route","message":"No route was found matching the URL","data":{"status":404}}'),
    Substitute("C12", "a domain for sale", bare("mtcr.example is for sale", "<h1>mtcr.example</h1><p>The domain is for sale. Make an offer.</p>")),
    Substitute("C12", "a domain named and for sale", bare("mtcr.example", "<h1>The domain name mtcr.example is for sale!</h1><p>Buyer protection. Fast transfers.</p>")),
    Substitute("C12", "a domain with advertisements", bare("mtcr.example", "<h2>Related searches</h2><ul><li>Missile Technology</li><li>Export control training</li><li>Cheap flights</li></ul><p>This page was made by the domain owner with Sedo Domain Parking.</p>")),
    Substitute("C12", "a domain that ran out", bare("mtcr.example", "<p>This domain has expired. If you own it, renew it with your registrar.</p>")),
    Substitute("C12", "a domain that was just registered", bare("Welcome", "<h1>This domain is registered at a registrar</h1><p>It is parked free of charge.</p>")),
    Substitute("C12", "a broker's page", bare("Buy this domain", "<h1>mtcr.example</h1><p>Buy now for 2,995 USD or pay in 12 rates. HugeDomains</p>")),
    Substitute("C12", "a casino", bare("Slot Online Gacor Terpercaya", "<h1>Slot Gacor Hari Ini</h1><p>Daftar situs judi slot online gampang menang. Bonus new member 100%.</p>", language="id")),
    Substitute("C13", "a log-in", bare("Log in", "<form><label>User name</label><input><label>Password</label><input type='password'><a>Forgot your password?</a></form>")),
    Substitute("C13", "a log-in in the site's dress", in_site("Login", "<h1>Members area</h1><p>Please log in to access the documents of the Partners.</p><form><input name='u'><input type='password'></form>")),
    Substitute("C13", "a log-in in divisions", in_divisions("Nuclear Suppliers Group", "<form><div>User name</div><input><div>Password</div><input type='password'><div>Remember me</div><button>Sign in</button></form>")),
    Substitute("C13", "one sign-on for all", bare("Sign in to your account", "<p>Sign in</p><p>Can't access your account?</p><input name='loginfmt'>")),
    Substitute("C13", "a session that ended", bare("Session expired", "<p>Your session has timed out. Please sign in again.</p>")),
    Substitute("C13", "a network's door", bare("Hotel guest network", "<h1>Welcome to our guest network</h1><p>Enter your room number and accept the terms of use to get online.</p>")),
    Substitute("C13", "a wall for subscribers", in_site("Protected", "<p>This content is password protected. To view it please enter your password below:</p><form><input type='password'></form>")),
    Substitute("C13", "a log-in in German", bare("Anmeldung", "<form><label>Benutzername</label><input><label>Passwort</label><input type='password'><button>Anmelden</button></form>", language="de")),
    Substitute("C13", "a log-in in French", bare("Connexion", "<form><label>Identifiant</label><input><label>Mot de passe</label><input type='password'><button>Se connecter</button></form>", language="fr")),
)  # fmt: skip

SUBSTITUTES = (*_CHALLENGES, *_BLOCKS, *_NOTHING)
