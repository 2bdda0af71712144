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
    none: "لم ينته أي تبادل بعد.",
    table: "بالأرقام",
    place: (number: number, verdict: string) => `التبادل ${number}، ${verdict}`,
    stage: { qubits: "الكيوبتات", detected: "المكتشفة", reconciled: "المصححة", amplified: "السرية" },
  },
};
