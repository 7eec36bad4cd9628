from django.urls import path

from ocop.audit.views import ledger, people

app_name = "audit"
urlpatterns = [
    path("nhat-ky/", ledger.ledger, name="ledger"),
    path("nhat-ky/kiem-tra/", ledger.verification, name="verification"),
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/moi/", people.person_new, name="person-new"),
    path("nguoi-dung/<int:pk>/", people.person, name="person"),
    path("nguoi-dung/<int:pk>/vai-tro/", people.role_new, name="role-new"),
    path("nguoi-dung/vai-tro/<int:pk>/ket-thuc/", people.role_end, name="role-end"),
    path("nguoi-dung/<int:pk>/khoa/", people.account_close, name="account-close"),
    path("nguoi-dung/<int:pk>/mo-lai/", people.account_reopen, name="account-reopen"),
    path("nguoi-dung/<int:pk>/mat-khau/", people.password_replace, name="password-replace"),
    path("loi-moi/<slug:who>/<slug:token>/", people.invitation, name="invitation"),
    path("tai-khoan/mat-khau/", people.change_password, name="change-password"),
]
