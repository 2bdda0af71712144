/** العربية: كلمات لوحات التبادل المحاكى. */
export const arPanels = {
  monitor: {
    label: (state: string) => `شاشة القناة الكمومية المحاكاة. ${state}`,
  },

  channelNumber: { sent: "المرسلة", detected: "المكتشفة", lost: "المفقودة", sifted: "المغربلة" },

  ledger: {
    title: "مصير الكيوبتات",
    none: "لا كيوبتات بعد.",
    label: (total: string, shares: string) => `من أصل ${total} كيوبت: ${shares}`,
    sifted: "المغربلة",
    rate: "معدل المفتاح",
    bound: (low: string, high: string, failure: string) =>
      `بحسب العينة، نسبة الخطأ في الباقي بين ${low} و${high}. واحتمال أن يكون الحد الأعلى خاطئًا لا يتجاوز \u2066${failure}\u2069.`,
    share: {
      lost: "مفقودة",
      unmatched: "قاعدة أخرى",
      sample: "عينة مكشوفة",
      dropped: "كتل مهملة",
      leaked: "تسربت أثناء التصحيح",
      amplified: "تضخيم السرية",
      open: "لم تُحسم بعد",
      abandoned: "متروكة",
      secret: "المفتاح السري",
    },
  },

  charts: {
    open: "إظهار الرسوم البيانية",
    close: "إخفاء الرسوم البيانية",
    failed: "تعذر تحميل الرسوم البيانية. الأرقام في الأسفل.",
    rates: "نسبة الخطأ في كل تبادل",
    funnel: "البتات الباقية بعد كل مرحلة",
    exchange: "التبادل",
    none: "لم يقس أي تبادل نسبة خطأ بعد.",
    table: "بالأرقام",
    place: (number: number, verdict: string) => `التبادل ${number}، ${verdict}`,
    stage: { qubits: "الكيوبتات", detected: "المكتشفة", reconciled: "المصححة", amplified: "السرية" },
  },

  sphere: {
    open: "فتح بالأبعاد الثلاثة",
    title: "كرة بلوخ للقناة المحاكاة",
    label: (state: string) => `كرة بلوخ في الفضاء. ${state}`,
    hint: "اسحب أو اضغط مفاتيح الأسهم لتدويرها، ومرر للاقتراب.",
    notice: {
      lost: "سحب المتصفح الرسوم مؤقتًا. تُرسم الكرة مسطحة في الأثناء.",
      refused: "لا يوفر هذا المتصفح الرسوم ثلاثية الأبعاد، لذا تُرسم الكرة مسطحة.",
      failed: "تعذر تحميل الكرة في الفضاء، لذا تُرسم مسطحة.",
    },
    controls: "التشغيل",
    play: "تشغيل",
    pause: "إيقاف مؤقت",
    back: "الكيوبت السابق",
    on: "الكيوبت التالي",
    place: "الموضع في التسلسل",
    speed: "السرعة",
    times: (speed: string) => `${speed} ×`,
    still: "طُلبت حركة أقل: انتقل من كيوبت إلى آخر بدلًا من ذلك.",
    sent: "المرسل",
    basis: "قاعدة القياس",
    result: "النتيجة",
    verdict: "المقارنة",
    bit: (bit: number) => `البت ${bit}`,
    undisclosed: "غير مكشوف",
    legendArrow: "السهم الغليظ: الحالة الآن",
    legendSent: "السهم الرفيع: الحالة كما أُرسلت",
    legendRing: "الحلقة: تنهار الحالة",
  },
};
