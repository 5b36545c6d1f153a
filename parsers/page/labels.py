"""Words that sites print round their stories, in the languages that stories come in: whole lines, and how promotions begin."""

from __future__ import annotations

import re

from parsers.text import bare

# Whole lines of buttons, players and advertisements; letters and digits alone are compared.
SHARE = (
    "share, share this, share this article, share this story, share this post, share this page, share article, share story, share post, share via, share on facebook, teilen, artikel teilen, partager, compartir, comparte, compartilhar, compartilhe, condividi, delen, deel, dela, del, "
    "jaa, udostępnij, podziel się, sdílet, zdieľať, megosztás, megosztom, distribuie, podijeli, podeli, deli, споделете, сподели, поделиться, поширити, "
    "κοινοποίηση, κοινοποιήστε, paylaş, bagikan, kongsi, chia sẻ, แชร์, 分享, 分享到, 共有, シェア, シェアする, 공유, 공유하기, शेयर करें, शेयर, साझा करें, শেয়ার করুন, শেয়ার, "
    "பகிர், பகிர்க, షేర్ చేయండి, ಶೇರ್ ಮಾಡಿ, ಹಂಚಿಕೊಳ್ಳಿ, ഷെയർ ചെയ്യുക, શેર કરો, ਸ਼ੇਅਰ ਕਰੋ, شیئر کریں, مشاركة, شارك, شارك الخبر, اشتراک گذاری, שתף, שיתוף, jaga, dalintis, dalies"
)
ADVERTISEMENT = (
    "advertisement, advertisements, advertisement continue reading below, promoted, promoted content, promoted stories, sponsored, sponsored content, paid content, paid post, partner content, popular videos, popular stories, anzeige, werbung, publicité, annonce, annons, annonse, publicidad, anuncio, publicidade, "
    "pubblicità, inserzione, advertentie, mainos, reklama, reklam, reklám, hirdetés, publicitate, oglas, oglašavanje, реклама, διαφήμιση, iklan, quảng cáo, โฆษณา, 广告, 廣告, "
    "広告, 광고, विज्ञापन, जाहिरात, বিজ্ঞাপন, விளம்பரம், ప్రకటన, ಜಾಹೀರಾತು, പരസ്യം, જાહેરાત, ਇਸ਼ਤਿਹਾਰ, اشتہار, إعلان, إعلانات, تبلیغات, פרסומת, tangazo, reklaam, reklāma"
)
TOOLS = (
    "print, print this article, print article, email this story, email this article, email article, print email, print e-mail, drucken, imprimer, imprimir, stampa, drukuj, skriv ut, "
    "tisk, nyomtatás, yazdır, 打印, 列印, 인쇄, a a a, text size a a a, previous slide, next slide, previous slide next slide, video transcript, transcript, play video, watch video, "
    "video ad feedback, rate story, social share, synopsis, article content, story continues below, article continues below, this advertisement has not loaded yet but your article continues below, we apologize but this video has failed to load, try refreshing your browser or, loading ad, ad policy, "
    "current issue, view our current issue, related article, click to copy, author of the article, email address, skip to content, skip to main content, advertise, advertise on this site, zu den kommentaren, zum kommentarbereich, jump to comments, skip to comments, go to comments, aller aux commentaires, ir a los comentarios, vai ai commenti, report a typo, report a problem with this article, view comments, show comments, post a comment, add a comment, write a comment, save for later, reprints, "
    "reprints permissions, order reprints, enlarge, enlarge image, enlarge this image, click to enlarge, view gallery, view photos, see photos, full screen, toggle caption, hide caption, "
    "copy link, link copied, copied, gift article, gift this article, listen to this article, hören, écouter, escuchar, ascolta, posłuchaj, vorlesen, artikel merken, merken, kommentieren, "
    "zur startseite, nach oben, retour en haut, volver arriba, torna su, back to top"
)
LABELS = frozenset(bare(line) for lines in (SHARE, ADVERTISEMENT, TOOLS) for line in lines.split(","))

# How a promotion of another story begins ("Also read: …"), and what stands over a list of them.
ALSO = (
    "preberite tudi, preberi tudi, olvasd el, olvassa el, ezt is olvassa, kapcsolódó cikk, kapcsolódó cikkek, прочетете още, прочети още, вижте още, виж още, διαβάστε επίσης, "
    "διαβάστε ακόμη, δείτε επίσης, σχετικά άρθρα, ilgili haber, ilgili haberler, berita terkait, artikel terkait, baca selengkapnya, lihat juga, baca lagi, tin liên quan, "
    "เรื่องที่เกี่ยวข้อง, ข่าวที่เกี่ยวข้อง, อ่านเพิ่มเติม, आणखी वाचा, हे पण वाचा, हे ही वाचा, हेही वाचा, अधिक वाचा, ये भी पढ़ें, इसे भी पढ़ें, ಇದನ್ನೂ ಓದಿ, ഇതും വായിക്കുക, ഇതും വായിക്കൂ, "
    "આ પણ વાંચો, આ પણ જુઓ, વધુ વાંચો, ਇਹ ਵੀ ਪੜ੍ਹੋ, ਹੋਰ ਪੜ੍ਹੋ, بیشتر بخوانید, بخوانید, soma zaidi, soma pia, taip pat skaitykite, skaitykite taip pat, lasi arī, lasiet arī, loe ka, loe lisaks, loe rohkem, "
    "lexo edhe, lexoni gjithashtu, əlaqəli xəbərlər, həmçinin oxuyun, basahin din, basahin, pročitajte još, pročitaj više, opširnije, прочитајте и, дивіться також, чытайце таксама, "
    "lestu líka, lesa meira, irakurri ere, llegeix també, le tamén, darllenwch hefyd"
)
ALSO_READ = re.compile(
    r"\W{0,4}(?:" + "|".join(re.escape(one.strip()) for one in ALSO.split(",")) + r")(?![^\W\d_])", re.I
)
