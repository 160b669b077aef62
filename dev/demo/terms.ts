import type { TermsDocument } from '../../models/catalogue/terms-document.js';

/** What Northquay's customers accept, in the version that the brand names. */
export const demoTerms: TermsDocument['sections'] = {
  en: [
    {
      heading: 'Contract',
      text: 'Your order is binding. The contract begins when we confirm the order by e-mail and lasts for the period that you chose; it is renewed for the same period unless you end it before.',
    },
    {
      heading: 'Price and payment',
      text: 'Prices are net; VAT is added by the law of your country. The first invoice is due before the installation, later ones before their period begins. An order that is not paid within seven days expires and costs nothing.',
    },
    {
      heading: 'Delivery',
      text: 'Installation begins when the first invoice is paid. If no machine can be delivered, you get all of your money back the way it came.',
    },
    {
      heading: 'Use',
      text: 'You answer for what runs on your server. Unlawful content, attacks and unsolicited mass mail are not allowed; we tell you of complaints and may close the port while one is open.',
    },
    {
      heading: 'Ending',
      text: 'You may cancel an order until its installation begins, with the money back, and a service at any time. Days that were paid and not used are credited. When a service ends its disks are erased.',
    },
    {
      heading: 'Withdrawal for consumers',
      text: 'Consumers in the European Union may withdraw within 14 days of the contract. If the installation began at their wish before that, the days used are paid for.',
    },
    {
      heading: 'Data',
      text: 'We keep what is needed for the contract and for the law: your account, orders, invoices and traffic counts. We do not read what is on your server.',
    },
    {
      heading: 'Liability and law',
      text: 'We answer without limit for intent, gross negligence and injury; otherwise up to the fees of twelve months. French law applies; consumers keep the protection of their own country’s law.',
    },
  ],
  fr: [
    {
      heading: 'Contrat',
      text: 'Votre commande vous engage. Le contrat commence lorsque nous confirmons la commande par courriel et dure pendant la période choisie ; il est reconduit pour la même durée, sauf résiliation préalable.',
    },
    {
      heading: 'Prix et paiement',
      text: 'Les prix sont hors taxes ; la TVA s’ajoute selon la loi de votre pays. La première facture est due avant l’installation, les suivantes avant le début de leur période. Une commande impayée expire au bout de sept jours, sans frais.',
    },
    {
      heading: 'Livraison',
      text: 'L’installation commence dès le paiement de la première facture. Si aucune machine ne peut être livrée, vous êtes remboursé intégralement par le même moyen.',
    },
    {
      heading: 'Utilisation',
      text: 'Vous répondez de ce qui fonctionne sur votre serveur. Les contenus illicites, les attaques et les envois en masse non sollicités sont interdits ; nous vous transmettons les plaintes et pouvons fermer le port tant qu’une plainte est ouverte.',
    },
    {
      heading: 'Fin du contrat',
      text: 'Vous pouvez annuler une commande, contre remboursement, jusqu’au début de son installation, et résilier un service à tout moment. Les jours payés et non utilisés sont crédités. À la fin d’un service, ses disques sont effacés.',
    },
    {
      heading: 'Rétractation des consommateurs',
      text: 'Les consommateurs de l’Union européenne peuvent se rétracter dans les 14 jours suivant le contrat. Si l’installation a commencé plus tôt à leur demande, les jours utilisés restent dus.',
    },
    {
      heading: 'Données',
      text: 'Nous conservons ce qu’exigent le contrat et la loi : votre compte, vos commandes, vos factures et le volume de trafic. Nous ne lisons pas le contenu de votre serveur.',
    },
    {
      heading: 'Responsabilité et droit applicable',
      text: 'Notre responsabilité est illimitée en cas de dol, de faute lourde ou de dommage corporel ; au-delà, elle est limitée aux redevances de douze mois. Le droit français s’applique ; les consommateurs conservent la protection de leur propre loi.',
    },
  ],
  uk: [
    {
      heading: 'Договір',
      text: 'Ваше замовлення є обов’язковим. Договір починає діяти, щойно ми підтвердимо замовлення електронною поштою, і триває обраний вами період; його буде продовжено на такий самий строк, якщо ви не припините його раніше.',
    },
    {
      heading: 'Ціна та оплата',
      text: 'Ціни вказано без ПДВ; податок додається за законом вашої країни. Перший рахунок треба сплатити до встановлення, наступні — до початку їхнього періоду. Замовлення, не сплачене протягом семи днів, втрачає чинність і нічого не коштує.',
    },
    {
      heading: 'Надання',
      text: 'Встановлення починається після оплати першого рахунка. Якщо жодної машини надати неможливо, ми повертаємо всі кошти тим самим способом.',
    },
    {
      heading: 'Користування',
      text: 'Ви відповідаєте за те, що працює на вашому сервері. Протиправний вміст, атаки та масові розсилки без згоди заборонено; про скарги ми повідомляємо вас і можемо закрити порт, доки скаргу не вирішено.',
    },
    {
      heading: 'Припинення',
      text: 'Замовлення можна скасувати з поверненням коштів, доки не почалося встановлення, а послугу — будь-коли. Сплачені та не використані дні зараховуються на ваш рахунок. Після припинення послуги її диски стирають.',
    },
    {
      heading: 'Відмова споживача',
      text: 'Споживачі в Європейському Союзі можуть відмовитися від договору протягом 14 днів. Якщо на їхнє прохання встановлення почалося раніше, використані дні оплачуються.',
    },
    {
      heading: 'Дані',
      text: 'Ми зберігаємо те, що потрібно для договору й закону: ваш обліковий запис, замовлення, рахунки та обсяг трафіку. Вміст вашого сервера ми не читаємо.',
    },
    {
      heading: 'Відповідальність і право',
      text: 'Ми несемо необмежену відповідальність за умисел, грубу недбалість і шкоду здоров’ю; в інших випадках — у межах оплати за дванадцять місяців. Застосовується право Франції; споживачі зберігають захист закону своєї країни.',
    },
  ],
};
