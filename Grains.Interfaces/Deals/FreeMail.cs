using System.Collections.Frozen;

namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <summary>Domains under which anybody has an address, so that they tell no customers apart.</summary>
internal static class FreeMail
{
    /// <summary>Providers with a domain in many countries, each under the same first label.</summary>
    private static readonly FrozenSet<string> Everywhere = new[]
    {
        "gmail",
        "googlemail",
        "hotmail",
        "live",
        "outlook",
        "yahoo",
        "ymail",
        "rocketmail",
        "gmx",
        "yandex",
        "msn",
        "aol",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Domains = (
        "icloud.com me.com mac.com passport.com windowslive.com proton.me protonmail.com protonmail.ch "
        + "pm.me tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me hey.com fastmail.com "
        + "fastmail.fm zoho.com zohomail.com zohomail.eu mail.com email.com usa.com gmx.com web.de "
        + "freenet.de t-online.de arcor.de posteo.de posteo.net mailbox.org online.de vodafone.de "
        + "bluewin.ch hispeed.ch sunrise.ch aon.at chello.at a1.net orange.fr wanadoo.fr free.fr "
        + "laposte.net sfr.fr neuf.fr bbox.fr libero.it virgilio.it tiscali.it alice.it tin.it inwind.it "
        + "telefonica.net terra.es sapo.pt ziggo.nl kpnmail.nl planet.nl hetnet.nl home.nl xs4all.nl "
        + "telenet.be skynet.be btinternet.com btopenworld.com virginmedia.com ntlworld.com sky.com "
        + "talktalk.net blueyonder.co.uk eircom.net telia.com bredband.net spray.se online.no tele2.se "
        + "mail.dk wp.pl onet.pl o2.pl interia.pl op.pl gazeta.pl seznam.cz centrum.cz email.cz azet.sk "
        + "freemail.hu citromail.hu abv.bg mail.bg mail.ru bk.ru inbox.ru list.ru internet.ru ya.ru "
        + "rambler.ru ukr.net i.ua inbox.lv comcast.net verizon.net att.net sbcglobal.net bellsouth.net "
        + "cox.net charter.net earthlink.net juno.com netzero.net optonline.net frontier.com "
        + "windstream.net aim.com rogers.com shaw.ca sympatico.ca telus.net videotron.ca bigpond.com "
        + "bigpond.net.au optusnet.com.au xtra.co.nz uol.com.br bol.com.br terra.com.br ig.com.br "
        + "globo.com prodigy.net.mx qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com "
        + "139.com 189.cn 21cn.com aliyun.com naver.com hanmail.net daum.net nate.com docomo.ne.jp "
        + "ezweb.ne.jp softbank.ne.jp nifty.com excite.co.jp rediffmail.com indiatimes.com hushmail.com "
        + "mailinator.com guerrillamail.com 10minutemail.com yopmail.com temp-mail.org trashmail.com "
        + "lycos.com duck.com"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <param name="domain">A registrable domain in lower-case ASCII.</param>
    public static bool Has(string domain) =>
        Domains.Contains(domain) || Everywhere.Contains(domain[..domain.IndexOf('.', StringComparison.Ordinal)]);
}
