declare module 'virtual:messages/notifications' {
  type Words = import('@shopfast/kit/i18n/translate').Catalogue<
    import('@shopfast/kit/i18n/messages/notifications').NotificationsMessages
  >;
  const load: Record<string, () => Promise<{ default: Words }>>;
  export default load;
}
